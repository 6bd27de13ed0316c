package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.connect.Answer;
import dev.dbmigration.runner.connect.Message;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * The one advisory lock of a database under which migrations run, whatever their scope. Held by the session that does
 * the work, so the server frees it when the pod dies. Waiting is polling outside any transaction: a session that waits
 * inside one would hold up every {@code CREATE INDEX CONCURRENTLY}.
 */
final class MigrationLock {

    /** "dbmigrat" in ASCII. Part of the contract between all versions of this program: never change it. */
    static final long KEY = 0x64626D6967726174L;

    private static final String TRY = "SELECT pg_catalog.pg_try_advisory_lock(" + KEY + ")";

    /** Holds the lock until the open transaction ends, whatever happens to that of the session. */
    static final String CONFIRM = "SELECT pg_catalog.pg_try_advisory_xact_lock(" + KEY + ")";

    /** One statement and so one transaction, which holds the lock while the session does not. */
    static final String RENEW = "SELECT pg_catalog.pg_try_advisory_xact_lock(" + KEY + "),"
            + " pg_catalog.pg_advisory_unlock_all(), pg_catalog.pg_try_advisory_lock(" + KEY + ")";

    private static final String HOLDER = "SELECT l.pid, a.application_name, a.usename,"
            + " to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
            + " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
            + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
            + " AND l.classid::bigint = " + (KEY >>> 32) + " AND l.objid::bigint = " + (KEY & 0xFFFFFFFFL)
            + " AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

    private final Connection connection;
    private final EarlierAttempts earlier;
    private final Guard guard;
    private final RunLog log;

    MigrationLock(Connection connection, EarlierAttempts earlier, Guard guard, RunLog log) {
        this.connection = connection;
        this.earlier = earlier;
        this.guard = guard;
        this.log = log;
    }

    /** Returns with the lock held; at the latest after {@code waitMillis} it gives up as {@code LockHeld}. */
    void acquire(long waitMillis, LongSupplier ticker) throws SQLException, InterruptedException {
        Deadline deadline = Deadline.after(waitMillis, ticker);
        String told = null;
        for (String obstacle = obstacle(); obstacle != null; obstacle = obstacle()) {
            if (deadline.passed()) {
                throw RunFailed.because(Reason.LockHeld, obstacle, "wait for it, or raise spec.timeouts.lockWait");
            }
            if (!obstacle.equals(told)) {
                log.line("waiting for the migration lock: " + obstacle);
                told = obstacle;
            }
            guard.pause(ThreadLocalRandom.current().nextLong(100, 400));
        }
    }

    /**
     * Frees what other advisory locks a file has left behind in the session, and keeps this one meanwhile, which a file
     * may have freed.
     *
     * @throws RunFailed where another session has taken it
     */
    void renew() throws SQLException {
        Message message = new Message();
        int renewed = message.add(RENEW);
        message.send(connection);
        require(renewed(message.answer(renewed)));
    }

    /** What an answer to {@link #RENEW} says. */
    static boolean renewed(Answer answer) {
        return answer.isTrue(0, 0) && answer.isTrue(0, 2);
    }

    /** Fails where {@link #RENEW} finds that another session has the lock. */
    static final String RENEW_OR_FAIL = "SELECT " + held("pg_try_advisory_xact_lock")
            + ", pg_catalog.pg_advisory_unlock_all(), " + held("pg_try_advisory_lock");

    /** Fails where {@link #CONFIRM} does not get the lock. */
    static final String CONFIRM_OR_FAIL = "SELECT " + held("pg_try_advisory_xact_lock");

    /** Divides by zero where the lock is not to be had. */
    private static String held(String function) {
        return "pg_catalog.int4div(1, pg_catalog." + function + "(" + KEY + ")::pg_catalog.int4)";
    }

    private static boolean asked(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Called with what the server has answered of the lock.
     *
     * @throws RunFailed where it is not held, with the name of who holds it
     */
    void require(boolean held) throws SQLException {
        if (!held) {
            throw RunFailed.because(
                    Reason.LockHeld,
                    "the migration lock was lost on the way; " + holder() + " holds it now",
                    "leave pg_advisory_unlock_all() out of migrations");
        }
    }

    /** Takes the lock, or says what is in the way. */
    private String obstacle() throws SQLException {
        String atWork = earlier.end();
        if (atWork != null) {
            return "an earlier attempt of this migration is still at work: " + atWork;
        }
        return tryLock() ? null : "another migration of this database holds the lock: " + holder();
    }

    private boolean tryLock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return asked(statement, TRY);
        }
    }

    private String holder() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HOLDER)) {
            return row.next() ? describe(row) : "a session that has just ended";
        }
    }

    private static String describe(ResultSet row) throws SQLException {
        String application = row.getString(2);
        String who = application == null || application.isEmpty() ? "a session" : application;
        String user = row.getString(3) == null ? "" : " of user " + row.getString(3);
        String since = row.getString(4) == null ? "" : ", connected since " + row.getString(4);
        return who + user + " (pid " + row.getInt(1) + since + ")";
    }
}
