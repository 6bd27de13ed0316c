package dev.dbmigration.runner.plpgsql;

import java.util.HashSet;
import java.util.Set;

/**
 * Reads the block structure of a PL/pgSQL body by the rules of PostgreSQL's own reader, and gives what a server can be
 * asked about. The rules are those of chapter "PL/pgSQL" of PostgreSQL's documentation.
 */
public final class Body {

    /** Conditions by which a handler says that what is missing may be missing. */
    private static final Set<String> OF_MISSING = Set.of(
            "undefined_table",
            "undefined_column",
            "undefined_function",
            "undefined_object",
            "invalid_schema_name",
            "syntax_error_or_access_rule_violation",
            "42P01",
            "42703",
            "42883",
            "42704",
            "3F000",
            "42000");

    private static final Set<String> END_OF_STATEMENTS = Set.of("END", "ELSE", "ELSIF", "ELSEIF", "WHEN", "EXCEPTION");

    private final Source source;
    private final Collected collected = new Collected();
    private final Targets targets;
    private final Declarations declarations;
    private final Statements statements;
    private final Loops loops;

    private Body(String text) {
        this.source = new Source(text);
        this.targets = new Targets(source, collected);
        this.declarations = new Declarations(source, collected);
        this.statements = new Statements(source, collected, targets);
        this.loops = new Loops(source, collected, targets, this::statements);
    }

    /**
     * Reads a body.
     *
     * @param names parameters and whatever else the function begins with
     * @throws Unreadable where it is not understood
     */
    public static Reading read(String text, Names names) {
        return new Body(text).read(names);
    }

    private Reading read(Names names) {
        options();
        block(names, label());
        source.take(";");
        if (!source.atEnd()) {
            throw source.unreadable("the end expected");
        }
        return collected.reading();
    }

    /** {@code #variable_conflict use_variable} and the like, before the block. */
    private void options() {
        while (source.take("#")) {
            boolean conflict = source.name().equals("variable_conflict");
            String value = source.name();
            if (conflict) {
                collected.variablesFirst(value.equals("use_variable"));
            }
        }
    }

    private String label() {
        if (!source.take("<<")) {
            return null;
        }
        String label = source.name();
        source.expect(">>");
        return label;
    }

    private void block(Names outer, String label) {
        Names names = outer.within(label);
        while (source.take("DECLARE")) {
            names = declarations.read(names);
        }
        source.expect("BEGIN");
        int from = collected.size();
        statements(names);
        if (source.take("EXCEPTION")) {
            int to = collected.size();
            collected.expect(from, to, handlers(names));
        }
        end();
    }

    /** END, perhaps with the label again. */
    private void end() {
        source.expect("END");
        if (source.seesName()) {
            source.skip();
        }
    }

    /** What the handlers of a block handle, of what may be missing. */
    private Set<String> handlers(Names outer) {
        Names names = outer.within(null)
                .with("sqlstate", new Variable.Typed("pg_catalog.text"))
                .with("sqlerrm", new Variable.Typed("pg_catalog.text"));
        Set<String> handled = new HashSet<>();
        while (source.take("WHEN")) {
            do {
                condition(handled);
            } while (source.take("OR"));
            source.expect("THEN");
            statements(names);
        }
        return handled;
    }

    private void condition(Set<String> handled) {
        boolean code = source.take("SQLSTATE");
        int from = source.mark();
        source.skip();
        String written = source.since(from).text();
        String condition = code ? written.replace("'", "") : Identifiers.plain(written);
        if (OF_MISSING.contains(condition)) {
            handled.add(condition);
        }
    }

    private void statements(Names names) {
        while (statements.assigns() || !source.seesAny(END_OF_STATEMENTS)) {
            if (source.atEnd()) {
                throw source.unreadable("END expected");
            }
            statement(names);
        }
    }

    private void statement(Names names) {
        if (source.take(";")) {
            return;
        }
        String label = label();
        if (source.sees("DECLARE") || source.sees("BEGIN")) {
            block(names, label);
            source.expect(";");
        } else if (statements.assigns()) {
            statements.assignment(names);
        } else if (source.take("IF")) {
            condition(names);
        } else if (source.take("CASE")) {
            cases(names);
        } else if (!loops.read(names, label)) {
            statements.read(names);
        }
    }

    private void condition(Names names) {
        do {
            collected.expression(source.upTo(Set.of("THEN")), names);
            source.expect("THEN");
            statements(names);
        } while (source.take("ELSIF") || source.take("ELSEIF"));
        if (source.take("ELSE")) {
            statements(names);
        }
        source.expect("END", "IF", ";");
    }

    private void cases(Names names) {
        collected.expression(source.upTo(Set.of("WHEN")), names);
        while (source.take("WHEN")) {
            collected.expression(source.upTo(Set.of("THEN")), names);
            source.expect("THEN");
            statements(names);
        }
        if (source.take("ELSE")) {
            statements(names);
        }
        source.expect("END", "CASE", ";");
    }
}
