package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import java.util.Map;

/** What to do about some failures for which PostgreSQL itself has no hint. */
final class Advice {

    private static final Map<String, String> BY_CODE = Map.of(
            "25001",
            "this statement runs only outside a transaction, and each file is one;" + " write it without CONCURRENTLY",
            "2D000",
            "take COMMIT and ROLLBACK out of the procedure or DO block: each file is one transaction");

    private static final Map<Reason, String> BY_REASON = Map.of(
            Reason.ReadOnlyDatabase, "connect to the primary, and leave SET TRANSACTION READ ONLY out",
            Reason.PermissionDenied, "run as the object's owner, or let the owner GRANT what is missing",
            Reason.LockTimeout, "another session holds the lock: wait for it, or raise spec.timeouts.lock",
            Reason.StatementTimeout, "raise spec.timeouts.statement, or do the work in smaller steps",
            Reason.OutOfMemory, "let the query return less, or raise spec.pod.resources.limits.memory");

    private Advice() {}

    /** Null where there is none. */
    static String on(String sqlState, Reason reason) {
        String exact = sqlState == null ? null : BY_CODE.get(sqlState);
        return exact != null ? exact : BY_REASON.get(reason);
    }
}
