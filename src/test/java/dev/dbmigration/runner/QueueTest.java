package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A long transaction holds a lock that a file needs for itself: those who only read queue behind the file's statement,
 * which therefore goes away each time that the lock timeout is over.
 */
class QueueTest {

    private static final long LOCK_TIMEOUT_MILLIS = 700;

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("queue");
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "a,  PerFile,      ALTER TABLE a ADD COLUMN m int",
        "a,  PerStatement, ALTER TABLE a ADD COLUMN m int",
        "a,  All,          ALTER TABLE a ADD COLUMN m int",
        "a,  PerFile,      VACUUM FULL a",
        "p1, PerFile,      ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY",
    })
    void readersGetThroughAgainAndAgainWhileTheLockIsHeld(String table, RunInput.Transaction transaction, String sql)
            throws Exception {
        assumeThat(Postgres.version()).isGreaterThanOrEqualTo(sql.contains("DETACH") ? 14 : 13);
        database.execute("CREATE TABLE a (n int); CREATE TABLE p (n int) PARTITION BY RANGE (n);"
                + " CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10)");
        RunDirectory run = new RunDirectory(root).sql("1.sql", sql);
        run.session = new RunInput.Session(null, LOCK_TIMEOUT_MILLIS, null);
        run.transaction = transaction;
        run.lockWaitMillis = TimeUnit.MINUTES.toMillis(10);
        Future<Report> report;
        try (Connection holder = database.connect()) {
            int holding = read(holder, table);
            report = pool.submit(() -> run.apply(database));

            for (int round = 1; round <= 3; round++) {
                await().atMost(1, TimeUnit.MINUTES).until(this::runnerWaits);
                assertThat(pool.submit(() -> readOnce(table)).get(1, TimeUnit.MINUTES))
                        .isNotEqualTo(holding);
                int tries = round;
                String blocker = "line 1: canceling statement due to lock timeout; the lock was held by pid " + holding;
                await().atMost(1, TimeUnit.MINUTES).until(() -> run.log().split(blocker, -1).length > tries);
            }
            assertThat(report.isDone()).as(run.log()).isFalse();
        }

        assertThat(report.get(2, TimeUnit.MINUTES).outcome()).as(run.log()).isEqualTo(Outcome.Applied);
    }

    private boolean runnerWaits() {
        return "1"
                .equals(database.query("SELECT count(*) FROM pg_locks JOIN pg_stat_activity s USING (pid)"
                        + " WHERE application_name = 'pod-1' AND s.datname = current_database()"
                        + " AND locktype = 'relation' AND mode = 'AccessExclusiveLock' AND NOT granted"));
    }

    private int readOnce(String table) throws SQLException {
        try (Connection reader = database.connect()) {
            return read(reader, table);
        }
    }

    /** Reads in a transaction that stays open; the number of the session. */
    private static int read(Connection session, String table) throws SQLException {
        session.setAutoCommit(false);
        try (var statement = session.createStatement();
                var row = statement.executeQuery(
                        "SELECT pg_backend_pid() FROM (SELECT count(*) FROM " + table + ") AS t")) {
            row.next();
            return row.getInt(1);
        }
    }
}
