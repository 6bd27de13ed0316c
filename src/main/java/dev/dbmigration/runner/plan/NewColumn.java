package dev.dbmigration.runner.plan;

import dev.dbmigration.runner.script.StatementWords;
import dev.dbmigration.runner.script.Token;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code ADD COLUMN}: a column whose values are the same for all rows is added at once, any other writes them all. */
record NewColumn(Facts facts, Findings findings) {

    private static final Set<String> SERIAL =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    /** Words that end the expression of a default. */
    private static final Set<String> ENDS =
            Set.of("CONSTRAINT", "NOT", "NULL", "CHECK", "REFERENCES", "UNIQUE", "PRIMARY", "GENERATED", "COLLATE");

    /** {@code definition} begins with the type. */
    void look(Relation table, StatementWords definition) throws SQLException {
        StatementWords outermost = definition.outermost();
        String type = new Cursor(definition).word();
        if (type != null && SERIAL.contains(type)) {
            findings.hazard(Hazard.SerialRewrites, table);
        }
        if (outermost.contain("AS", "IDENTITY")) {
            findings.hazard(Hazard.IdentityRewrites, table);
        } else if (outermost.contain("GENERATED", "ALWAYS", "AS", "STORED")) {
            findings.hazard(Hazard.GeneratedRewrites, table);
        }
        byDefault(table, definition);
        if (outermost.contain("UNIQUE") || outermost.contain("PRIMARY", "KEY")) {
            findings.hazard(Hazard.ConstraintBuildsIndex, table);
        }
        if (outermost.contain("CHECK")) {
            findings.hazard(Hazard.CheckScans, table);
        }
    }

    /** Where each row has a value from the start, a foreign key on it has something to look through. */
    private void byDefault(Relation table, StatementWords definition) throws SQLException {
        List<Token> expression = defaultOf(definition);
        if (expression.isEmpty()) {
            return;
        }
        if (callsVolatile(definition.text(), expression)) {
            findings.hazard(Hazard.DefaultRewrites, table);
        }
        if (definition.outermost().contain("REFERENCES")) {
            findings.hazard(Hazard.ForeignKeyScans, table);
        }
    }

    private static List<Token> defaultOf(StatementWords definition) {
        List<Token> tokens = definition.tokens();
        int start = 0;
        // ON DELETE SET DEFAULT is none.
        while (start < tokens.size() && !(definition.hasAt(start, "DEFAULT") && !definition.hasAt(start - 1, "SET"))) {
            start++;
        }
        int depth = 0;
        int end = start + 1;
        for (; end < tokens.size(); end++) {
            Token token = tokens.get(end);
            depth += token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
            String word = token.in(definition.text()).toUpperCase(Locale.ROOT);
            if (depth == 0 && token.kind() == Token.Kind.WORD && ENDS.contains(word)) {
                break;
            }
        }
        return start < tokens.size() ? tokens.subList(start + 1, end) : List.of();
    }

    private boolean callsVolatile(String text, List<Token> expression) throws SQLException {
        for (int i = 0; i < expression.size(); i++) {
            Cursor cursor = new Cursor(new StatementWords(text, expression.subList(i, expression.size())));
            Name function = cursor.name();
            boolean qualified = i > 0 && expression.get(i - 1).in(text).equals(".");
            if (function != null && !qualified && cursor.seesSign("(") && facts.isVolatile(function)) {
                return true;
            }
        }
        return false;
    }
}
