package dev.dbmigration.runner.execute;

import java.util.Map;

/** What to do about some codes for which PostgreSQL itself has no hint. */
final class Advice {

    private static final Map<String, String> BY_CODE = Map.of(
            "25001",
                    "this statement runs only outside a transaction, and each file is one; write it without CONCURRENTLY",
            "2D000", "take COMMIT and ROLLBACK out of the procedure or DO block: each file is one transaction",
            "25006", "the session is read-only: connect to the primary, and leave SET TRANSACTION READ ONLY out",
            "42501", "run as the object's owner, or let the owner GRANT what is missing",
            "55P03", "another session holds the lock; the run is tried again, or raise spec.timeouts.lock",
            "57014", "raise spec.timeouts.statement, or do the work in smaller steps");

    private Advice() {}

    static String on(String sqlState) {
        return sqlState == null ? null : BY_CODE.get(sqlState);
    }
}
