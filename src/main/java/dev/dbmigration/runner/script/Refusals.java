package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.util.Map;

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
        if (words.begin("COPY") && words.contain("FROM", "STDIN")) {
            throw unsupported(file, ordinal, line, "COPY … FROM STDIN", "write INSERT statements");
        }
        if (words.begin("COPY") && words.contain("TO", "STDOUT")) {
            throw unsupported(file, ordinal, line, "COPY … TO STDOUT", "take it out; a migration has no output");
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
