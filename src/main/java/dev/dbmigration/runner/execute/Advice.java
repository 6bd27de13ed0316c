package dev.dbmigration.runner.execute;

import static java.util.Map.entry;

import dev.dbmigration.report.Reason;
import java.util.Map;

/** What to do about some failures for which PostgreSQL itself has no hint. */
final class Advice {

    private static final Map<String, String> BY_CODE = Map.of(
            "55P04",
            "a new enum value may be used only after its transaction: use it in the next file, or write"
                    + " \"-- dbmigration: transaction=statement\" at the head of this one",
            "25001",
            "set spec.sql.transaction to PerFile: then such a file runs statement by statement",
            "2D000",
            "set spec.sql.transaction to PerFile: then such a file runs statement by statement");

    private static final Map<Reason, String> BY_REASON = Map.ofEntries(
            entry(Reason.ReadOnlyDatabase, "connect to the primary, and leave SET TRANSACTION READ ONLY out"),
            entry(Reason.PermissionDenied, "run as the object's owner, or let the owner GRANT what is missing"),
            entry(Reason.LockTimeout, "another session holds the lock: wait for it, or raise spec.timeouts.lock"),
            entry(Reason.StatementTimeout, "raise spec.timeouts.statement, or do the work in smaller steps"),
            entry(Reason.OutOfMemory, "let the query return less, or raise spec.pod.resources.limits.memory"),
            entry(Reason.AlreadyExists, "was it made by hand? correct the file"),
            entry(Reason.ConstraintViolation, "repair the rows, or the file"),
            entry(Reason.DataError, "repair the rows, or the file"),
            entry(Reason.Deadlock, "another transaction takes the same locks in another order"),
            entry(Reason.SerializationFailure, "run at a quieter time"),
            entry(Reason.ServerResources, "give the server more, then ask for a new run"),
            entry(Reason.ServerShutdown, "ask for a new run when the server is up"),
            entry(Reason.Canceled, "somebody did that on the server: ask why, then ask for a new run"));

    private Advice() {}

    /** Null where there is none. */
    static String on(String sqlState, Reason reason) {
        String exact = sqlState == null ? null : BY_CODE.get(sqlState);
        return exact != null ? exact : BY_REASON.get(reason);
    }
}
