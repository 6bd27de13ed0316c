package dev.dbmigration.runner.plpgsql;

import dev.dbmigration.runner.plpgsql.Source.Piece;
import java.util.List;
import java.util.Set;

/** Reads the statements that hold no others. */
final class Statements {

    private static final Set<String> END = Set.of(";");
    private static final Set<String> NEXT = Set.of(",", ";");
    private static final Set<String> ASSIGNS = Set.of(":=", "=");

    /** Statements that name no object, so that there is nothing to look up. */
    private static final Set<String> NAMELESS = Set.of(
            "NULL", "COMMIT", "ROLLBACK", "SET", "RESET", "NOTIFY", "LISTEN", "UNLISTEN", "GET", "MOVE", "CLOSE");

    private static final Set<String> LEVELS = Set.of("DEBUG", "LOG", "INFO", "NOTICE", "WARNING", "EXCEPTION");

    private final Source source;
    private final Collected collected;
    private final Targets targets;
    private final SqlStatements sql;

    Statements(Source source, Collected collected, Targets targets) {
        this.source = source;
        this.collected = collected;
        this.targets = targets;
        this.sql = new SqlStatements(source, collected, targets);
    }

    /** Whether an assignment begins here, though to a variable whose name is a word of the language. */
    boolean assigns() {
        boolean positional = source.sees("$") && source.seesBehind(2, ":=");
        return positional
                || source.seesName()
                        && (source.seesBehind(1, ":=")
                                || source.seesBehind(1, "=")
                                || source.seesBehind(1, "[")
                                || source.seesBehind(1, "."));
    }

    /** {@code name := expression;}, also of a field or an element. */
    void assignment(Names names) {
        Piece target = source.upTo(ASSIGNS);
        source.skip();
        Identifiers.Dotted name = Identifiers.at(target.text(), 0);
        boolean whole = name != null && name.end() == target.text().length();
        if (whole) {
            targets.assign(names, name.parts(), null);
        }
        if (!whole || name.parts().size() > 1) {
            collected.expression(target, names);
        }
        collected.expression(source.upTo(END), names);
        source.expect(";");
    }

    /** Reads the statement that begins here, with its semicolon. */
    void read(Names names) {
        if (source.take("RETURN")) {
            returns(names);
        } else if (source.take("EXIT") || source.take("CONTINUE")) {
            leave(names);
        } else if (source.take("RAISE")) {
            raise(names);
        } else if (source.take("ASSERT")) {
            list(names);
        } else if (source.take("EXECUTE")) {
            execute(names);
        } else if (source.take("OPEN")) {
            open(names);
        } else if (source.take("FETCH")) {
            fetch(names);
        } else if (source.seesAny(NAMELESS)) {
            source.upTo(END);
        } else {
            sql.read(names);
        }
        source.expect(";");
    }

    private void returns(Names names) {
        if (source.take("QUERY", "EXECUTE")) {
            execute(names);
        } else if (source.take("QUERY")) {
            Piece query = source.upTo(END);
            collected.statement(query.text(), query.line(), names);
        } else {
            source.take("NEXT");
            collected.expression(source.upTo(END), names);
        }
    }

    private void leave(Names names) {
        source.upTo(Set.of("WHEN", ";"));
        if (source.take("WHEN")) {
            collected.expression(source.upTo(END), names);
        }
    }

    private void raise(Names names) {
        if (source.seesAny(LEVELS)) {
            source.skip();
        }
        if (source.seesString()) {
            source.skip();
        } else {
            source.upTo(Set.of("USING", ";"));
        }
        while (source.take(",")) {
            collected.expression(source.upTo(Set.of(",", ";", "USING")), names);
        }
        if (source.take("USING")) {
            do {
                source.name();
                source.skip();
                collected.expression(source.upTo(NEXT), names);
            } while (source.take(","));
        }
    }

    private void list(Names names) {
        do {
            collected.expression(source.upTo(NEXT), names);
        } while (source.take(","));
    }

    private void execute(Names names) {
        Set<String> ends = Set.of("INTO", "USING", ";");
        Piece statement = source.upTo(ends);
        collected.opaque(statement.line(), "dynamic SQL");
        collected.expression(statement, names);
        while (!source.sees(";")) {
            if (source.take("INTO")) {
                source.take("STRICT");
                targets.read(names, null);
            } else {
                source.expect("USING");
                collected.expression(source.upTo(ends), names);
            }
        }
    }

    private void open(Names names) {
        List<String> cursor = source.dottedName();
        if (source.take("(")) {
            collected.arguments(source, names);
        }
        if (!source.take("NO", "SCROLL")) {
            source.take("SCROLL");
        }
        if (source.take("FOR", "EXECUTE")) {
            execute(names);
            targets.assign(names, cursor, null);
        } else if (source.take("FOR")) {
            Piece query = source.upTo(END);
            targets.assign(names, cursor, collected.statement(query.text(), query.line(), names));
        }
    }

    /** {@code FETCH direction FROM cursor INTO targets}: the cursor stands right before INTO. */
    private void fetch(Names names) {
        Piece before = source.upTo(Set.of("INTO"));
        source.expect("INTO");
        String[] words = before.text().split("\\s+");
        int from = source.mark();
        List<String> target = source.dottedName();
        Rows record = Targets.rows(names, target).orElse(null);
        Rows cursor = Targets.rows(names, List.of(Identifiers.plain(words[words.length - 1])))
                .orElse(null);
        if (record != null) {
            record.fromCursor(cursor == null ? new Rows() : cursor);
        } else {
            source.back(from);
            targets.read(names, null);
        }
    }
}
