package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.util.ArrayList;
import java.util.List;

/** The pieces of a file that are kept or lost as a whole: its own transactions, and each statement outside of them. */
public final class Blocks {

    private Blocks() {}

    /** The statements in order; a transaction of the file's own is one list, everything else a list of one. */
    public static List<List<Statement>> of(List<Statement> statements) {
        List<List<Statement>> blocks = new ArrayList<>();
        boolean open = false;
        for (Statement statement : statements) {
            if (open) {
                blocks.get(blocks.size() - 1).add(statement);
            } else {
                blocks.add(new ArrayList<>(List.of(statement)));
            }
            open = isOpenAfter(open, statement);
        }
        return blocks;
    }

    /**
     * Refuses what would not end as it reads.
     *
     * @throws RunFailed where a transaction is still open at the end of the file, or what a transaction may not hold or
     *     only a transaction may hold stands in the wrong place; a COMMIT too many is only a warning of the server's
     */
    static void check(String file, List<Statement> statements) {
        Statement begin = null;
        for (Statement statement : statements) {
            boolean open = begin != null;
            if (!open && statement.kind() == StatementKind.SAVEPOINT) {
                throw refused(file, statement, "there is no transaction here", "write BEGIN before it");
            }
            if (open && statement.kind() == StatementKind.OUTSIDE) {
                String inside = "this runs only outside a transaction, and line " + begin.line() + " has begun one";
                throw refused(file, statement, inside, "put it behind the COMMIT");
            }
            begin = !isOpenAfter(open, statement) ? null : open ? begin : statement;
        }
        if (begin != null) {
            throw refused(file, begin, "the transaction that begins here is never ended", "write COMMIT behind it");
        }
    }

    private static boolean isOpenAfter(boolean open, Statement statement) {
        return switch (statement.kind()) {
            case BEGIN -> true;
            case COMMIT, ROLLBACK -> false;
            default -> open;
        };
    }

    private static RunFailed refused(String file, Statement statement, String message, String instead) {
        return RunFailed.in(file, statement.ordinal(), statement.line(), Reason.TransactionState, message, instead);
    }
}
