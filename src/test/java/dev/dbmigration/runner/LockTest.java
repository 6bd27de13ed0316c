package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One migration of a database at a time. */
class LockTest {

    /** As the documentation states it; a runner of another version must find the same lock. */
    private static final long KEY = 7233464250984980852L;

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("lock");

    @Test
    void runnersStartedTogetherApplyEachFileOnce() throws Exception {
        database.execute("CREATE TABLE counter (n int); INSERT INTO counter VALUES (0)");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Report>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RunDirectory run = new RunDirectory(root.resolve("run" + i));
            for (int file = 1; file <= 5; file++) {
                run.sql("00" + file + "_add.sql", "UPDATE counter SET n = n + 1");
            }
            runs.add(pool.submit(() -> run.apply(database)));
        }

        int applied = 0;
        for (Future<Report> run : runs) {
            Report report = run.get(60, TimeUnit.SECONDS);
            assertThat(report.outcome()).isEqualTo(Outcome.Applied);
            applied += report.summary().applied();
        }
        pool.shutdown();
        assertThat(applied).isEqualTo(5);
        assertThat(database.query("SELECT n FROM counter")).isEqualTo("5");
    }

    @Test
    void saysWhoHoldsTheLock() throws Exception {
        RunDirectory run = new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a ()");
        run.lockWaitMillis = 0;
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            statement.execute("SET application_name = 'the-other-pod'");
            statement.execute("SELECT pg_advisory_lock(" + KEY + ")");

            Report report = run.apply(database);

            assertThat(report.reason()).isEqualTo(Reason.LockHeld);
            assertThat(report.message()).contains("the-other-pod", "connected since");
            assertThat(report.summary().pending()).isEqualTo(1);
        }
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    @Test
    void waitsForTheLockOutsideAnyTransaction() throws Exception {
        RunDirectory run = new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a ()");
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Future<Report> waiting;
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + KEY + ")");
            waiting = pool.submit(() -> run.apply(database));
            Awaitility.await().until(run::log, log -> log.contains("waiting for the migration lock"));

            statement.execute("CREATE TABLE b (n int)");
            statement.execute("CREATE INDEX CONCURRENTLY ON b (n)");

            assertThat(database.query("SELECT xact_start FROM pg_stat_activity"
                            + " WHERE application_name = 'pod-1' AND state <> 'active'"))
                    .isNull();
        }
        assertThat(waiting.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.Applied);
        pool.shutdown();
    }

    @Test
    void aPodToldToStopWhileWaitingStops() throws Exception {
        RunDirectory run = new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a ()");
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + KEY + ")");
            ExecutorService pool = Executors.newSingleThreadExecutor();
            Future<Report> waiting = pool.submit(() -> run.apply(database));
            Awaitility.await().until(run::log, log -> log.contains("waiting for the migration lock"));

            run.stop.request();

            assertThat(waiting.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.PodEvicted);
            pool.shutdown();
        }
    }
}
