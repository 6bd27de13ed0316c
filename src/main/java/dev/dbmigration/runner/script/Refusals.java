package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;

/** What we do not run, said before the first statement of the run instead of in the middle of it. */
final class Refusals {

    private Refusals() {}

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
        if (CopyClause.of(words) == CopyClause.BINARY_FROM_CLIENT) {
            throw unsupported(
                    file, ordinal, line, "COPY … FROM STDIN in binary format", "write the data as text or as CSV");
        }
    }

    static RunFailed unsupported(String file, int ordinal, int line, String what, String instead) {
        return RunFailed.in(file, ordinal, line, Reason.UnsupportedFeature, what + " is not supported", instead);
    }
}
