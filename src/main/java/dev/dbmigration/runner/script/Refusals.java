package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.util.Map;

/** What we do not run, said before the first statement of the run instead of in the middle of it. */
final class Refusals {

    private static final Map<String, String> INSTEAD = Map.of(
            "\\i", "put the other file beside this one, with a version prefix of its own",
            "\\ir", "put the other file beside this one, with a version prefix of its own",
            "\\copy", "write INSERT statements",
            "\\.", "write INSERT statements instead of COPY data",
            "\\c", "name the database in the resource; one run is one database",
            "\\connect", "name the database in the resource; one run is one database",
            "\\set", "write the value where it is used",
            "\\;", "end the statement with a plain semicolon",
            "\\echo", "write it as a comment",
            "\\gexec", "write a DO block that EXECUTEs what the query returns");

    private Refusals() {}

    static String insteadOf(String command) {
        return INSTEAD.getOrDefault(command, "write it as SQL, or take the line out");
    }

    static void check(String file, int ordinal, int line, Words words) {
        if (words.contain("PREPARED") && (words.begin("COMMIT") || words.begin("ROLLBACK"))
                || words.begin("PREPARE", "TRANSACTION")) {
            throw unsupported(
                    file, ordinal, line, "a prepared transaction", "let the file BEGIN and COMMIT in one session");
        }
        if (words.contain("AND", "CHAIN")
                && (words.begin("COMMIT") || words.begin("ROLLBACK") || words.begin("END") || words.begin("ABORT"))) {
            throw unsupported(file, ordinal, line, "AND CHAIN", "write BEGIN behind it");
        }
        if (SessionFormat.isChangedBy(words)) {
            throw unsupported(
                    file,
                    ordinal,
                    line,
                    "a client_encoding other than UTF8, or a datestyle other than ISO,",
                    "take the line out, and save the file as UTF-8 with dates such as 2026-11-20");
        }
        if (words.begin("COPY") && words.contain("FROM", "STDIN")) {
            throw unsupported(file, ordinal, line, "COPY … FROM STDIN", "write INSERT statements");
        }
        if (words.begin("COPY") && words.contain("TO", "STDOUT")) {
            throw unsupported(file, ordinal, line, "COPY … TO STDOUT", "take it out; a migration has no output");
        }
    }

    static RunFailed unsupported(String file, int ordinal, int line, String what, String instead) {
        return RunFailed.in(file, ordinal, line, Reason.UnsupportedFeature, what + " is not supported", instead);
    }
}
