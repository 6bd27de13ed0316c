package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Another session holds a lock that a file needs. */
class LockTimeoutTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("timeout");
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    LockTimeoutTest() {
        database.execute("CREATE TABLE a (n int); INSERT INTO a VALUES (0); CREATE TABLE b (n int)");
    }

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    private RunDirectory run(String sql, long lockTimeoutMillis) {
        RunDirectory run = new RunDirectory(root).sql("1.sql", sql);
        run.session = new RunInput.Session(null, lockTimeoutMillis, null);
        return run;
    }

    /** In one transaction, in one over all files, and step by step. */
    @ParameterizedTest
    @ValueSource(strings = {"PerFile", "All", "PerStatement"})
    void theFileIsTriedAgainUntilTheLockIsFree(RunInput.Transaction transaction) throws Exception {
        RunDirectory run = run("UPDATE a SET n = n + 1;\nALTER TABLE b ADD COLUMN m int", 100);
        run.transaction = transaction;
        Future<Report> report;
        try (Connection other = locking("b")) {
            report = pool.submit(() -> run.apply(database));
            await().until(() -> run.log().split("trying again", -1).length > 3);
        }

        assertThat(report.get(60, TimeUnit.SECONDS).outcome()).as(run.log()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT n FROM a")).isEqualTo("1");
    }

    @Test
    void betweenTwoTriesNothingIsLocked() throws Exception {
        RunDirectory run = run("UPDATE a SET n = n + 1;\nALTER TABLE b ADD COLUMN m int", 100);
        Future<Report> report;
        try (Connection other = locking("b")) {
            report = pool.submit(() -> run.apply(database));
            await().until(() -> run.log().contains("trying again"));

            await().until(() -> "0"
                    .equals(database.query("SELECT count(*) FROM pg_locks l JOIN pg_stat_activity s USING (pid)"
                            + " WHERE s.application_name = 'pod-1' AND s.datname = current_database()"
                            + " AND l.locktype = 'relation'")));
        }
        assertThat(report.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.Applied);
    }

    @Test
    void whoHoldsItIsSaid() throws Exception {
        RunDirectory run = run("ALTER TABLE b ADD COLUMN m int", 4_000);
        run.lockWaitMillis = 0;
        try (Connection other = locking("b");
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'nightly-report'");

            Report report = run.apply(database);

            assertThat(report.reason()).isEqualTo(Reason.LockTimeout);
            assertThat(report.message())
                    .contains("1.sql line 1", "user " + database.user(), "nightly-report", "idle in transaction");
            assertThat(report.failures().get(0).statement()).isEqualTo(1);
        }
    }

    /** However short the timeout is, and while the data of a COPY wait to be sent. */
    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE b ADD COLUMN m int", "COPY b FROM STDIN;\n1\n\\.\n"})
    void whoHoldsItIsSaidWhileItIsTried(String sql) throws Exception {
        RunDirectory run = run(sql, 400);
        Future<Report> report;
        try (Connection other = locking("b")) {
            int pid = other.unwrap(PGConnection.class).getBackendPID();
            report = pool.submit(() -> run.apply(database));

            await().atMost(1, TimeUnit.MINUTES).until(() -> run.log().contains("the lock was held by pid " + pid));
        }
        assertThat(report.get(60, TimeUnit.SECONDS).outcome()).as(run.log()).isEqualTo(Outcome.Applied);
    }

    @Test
    void anIndexThatIsBuiltConcurrentlyWaitsWithoutATimeout() throws Exception {
        RunDirectory run = run(
                "CREATE INDEX CONCURRENTLY b_n ON b (n);\n"
                        + "CREATE TABLE c AS SELECT current_setting('lock_timeout') AS l",
                50);
        Future<Report> report;
        try (Connection other = locking("b", "ROW EXCLUSIVE")) {
            report = pool.submit(() -> run.apply(database));
            await().until(() -> run.log().contains("waiting for a lock that is held by pid"));
        }

        assertThat(report.get(60, TimeUnit.SECONDS).outcome()).as(run.log()).isEqualTo(Outcome.Applied);
        assertThat(run.log()).doesNotContain("trying again");
        assertThat(database.query("SELECT l FROM c")).isEqualTo("50ms");
    }

    private Connection locking(String table) throws SQLException {
        return locking(table, "ACCESS EXCLUSIVE");
    }

    private Connection locking(String table, String mode) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN " + mode + " MODE");
        }
        return connection;
    }
}
