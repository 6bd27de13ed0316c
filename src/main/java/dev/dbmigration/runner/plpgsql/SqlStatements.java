package dev.dbmigration.runner.plpgsql;

import dev.dbmigration.runner.plpgsql.Source.Piece;
import java.util.Locale;
import java.util.Set;

/** Reads statements of SQL itself, and takes INTO and its targets out of them, as PL/pgSQL does. */
final class SqlStatements {

    private static final Set<String> PREPARABLE =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "TABLE", "(");

    private final Source source;
    private final Collected collected;
    private final Targets targets;

    SqlStatements(Source source, Collected collected, Targets targets) {
        this.source = source;
        this.collected = collected;
        this.targets = targets;
    }

    /** Reads up to the semicolon. */
    void read(Names names) {
        if (source.seesAny(PREPARABLE)) {
            preparable(names);
        } else if (source.sees("CALL")) {
            Piece call = source.upTo(Set.of(";"));
            collected.call(call, names);
            targets.handed(call, names);
        } else if (source.sees("PERFORM")) {
            perform(names);
        } else {
            int from = source.mark();
            source.skip();
            String command = source.since(from).text().toUpperCase(Locale.ROOT);
            collected.opaque(source.lineOf(from), command);
            source.upTo(Set.of(";"));
        }
    }

    private void perform(Names names) {
        Piece piece = source.upTo(Set.of(";"));
        collected.statement("SELECT " + piece.text().substring("PERFORM".length()), piece.line(), names);
    }

    /** INTO behind INSERT or MERGE belongs to SQL; any other one is PL/pgSQL's, wherever it stands. */
    private void preparable(Names names) {
        int from = source.mark();
        int into = -1;
        int start = 0;
        int end = 0;
        while (!source.sees(";")) {
            boolean targetsOfSql = source.take("INSERT", "INTO") || source.take("MERGE", "INTO");
            if (!targetsOfSql && source.sees("INTO")) {
                into = source.mark();
                start = source.offset();
                source.skip();
                source.take("STRICT");
                skipTargets();
                end = source.offsetBefore();
            } else if (!targetsOfSql) {
                source.skip();
            }
        }
        int semicolon = source.mark();
        Piece piece = source.since(from);
        if (into < 0) {
            collected.statement(piece.text(), piece.line(), names);
            return;
        }
        int first = firstOffset(from);
        String sql = without(piece.text(), start - first, end - first);
        assign(names, into, collected.statement(sql, piece.line(), names));
        source.back(semicolon);
    }

    private int firstOffset(int mark) {
        source.back(mark);
        return source.offset();
    }

    private void skipTargets() {
        do {
            source.dottedName();
        } while (source.take(","));
    }

    private void assign(Names names, int into, Fragment query) {
        source.back(into);
        source.expect("INTO");
        source.take("STRICT");
        targets.read(names, query);
    }

    /** Blanks instead, but for line breaks, so that all that follows keeps its place. */
    private static String without(String text, int from, int to) {
        String cut = text.substring(from, to).replaceAll("[^\\n]", " ");
        return text.substring(0, from) + cut + text.substring(to);
    }
}
