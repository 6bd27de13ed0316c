package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;

/** What we do not run, said before the first statement of the run instead of in the middle of it. */
final class Refusals {

    private static final String[][] TRANSACTION_CONTROL = {
        {"BEGIN"},
        {"START", "TRANSACTION"},
        {"COMMIT"},
        {"END"},
        {"ROLLBACK"},
        {"ABORT"},
        {"SAVEPOINT"},
        {"RELEASE"},
        {"PREPARE", "TRANSACTION"}
    };

    private Refusals() {}

    static void check(String file, int ordinal, int line, Words words) {
        for (String[] control : TRANSACTION_CONTROL) {
            if (words.begin(control)) {
                throw transactionControl(file, ordinal, line, String.join(" ", control));
            }
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

    private static RunFailed transactionControl(String file, int ordinal, int line, String control) {
        return RunFailed.in(
                file,
                ordinal,
                line,
                Reason.TransactionState,
                control + " in a file: each file already is one transaction, with its ledger row in it",
                "take the file's own BEGIN, COMMIT, ROLLBACK and SAVEPOINT out; split it where it must commit");
    }

    static RunFailed unsupported(String file, int ordinal, int line, String what, String instead) {
        return RunFailed.in(file, ordinal, line, Reason.UnsupportedFeature, what + " is not supported", instead);
    }
}
