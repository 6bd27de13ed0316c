package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.HoldingProxy;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Statements of one file that are sent before the ones before them are answered: first two, then four, then eight. */
class SeriesTest {

    private static final String BEFORE =
            "CREATE TABLE gate (n int); CREATE TABLE second (n int); CREATE TABLE a (n int);"
                    + " CREATE TYPE mood AS ENUM ('glad'); CREATE TABLE late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)";

    @TempDir
    Path root;

    private final Database database = database();

    private static Database database() {
        Database database = Postgres.shared().newDatabase("series");
        database.execute(BEFORE);
        return database;
    }

    private RunDirectory run(String sql) {
        RunDirectory run = new RunDirectory(root).sql("1.sql", sql);
        run.session = new RunInput.Session(null, 0L, null);
        return run;
    }

    /** A run that has a deadline looks at it between two statements, and shares nothing. */
    private static Report oneByOne(RunDirectory run, Database database) {
        run.runMillis = Duration.ofHours(1).toMillis();
        try {
            return run.apply(database);
        } finally {
            run.runMillis = 0;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PerFile", "All"})
    void theNextIsSentBeforeTheFirstIsAnswered(RunInput.Transaction transaction) throws Exception {
        RunDirectory run = run("INSERT INTO gate VALUES (1);\nINSERT INTO a VALUES (1)");
        run.transaction = transaction;

        assertThat(sentWhileTheFirstWaits(run)).contains("INSERT INTO a VALUES (1)");

        assertThat(database.query("SELECT n FROM a")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY a FROM STDIN;\n1\n\\.\n",
                "CREATE TABLE IF NOT EXISTS made ()",
                "ALTER TABLE a ADD COLUMN IF NOT EXISTS m int",
                "SELECT '\\'"
            })
    void whatHasToBeLookedAtWaits(String sql) throws Exception {
        List<String> sent = sentWhileTheFirstWaits(run("INSERT INTO gate VALUES (1);\n" + sql));

        assertThat(sent).last().isEqualTo("INSERT INTO gate VALUES (1)");
    }

    @Test
    void withADeadlineTheyGoOneByOne() throws Exception {
        RunDirectory run = run("INSERT INTO gate VALUES (1);\nINSERT INTO a VALUES (1)");
        run.runMillis = Duration.ofHours(1).toMillis();

        assertThat(sentWhileTheFirstWaits(run)).last().isEqualTo("INSERT INTO gate VALUES (1)");
    }

    private List<String> sentWhileTheFirstWaits(RunDirectory run) throws Exception {
        try (HoldingProxy proxy = HoldingProxy.open(database)) {
            Map<String, String> environment = proxy.front().environment();
            environment.put("PGSSLMODE", "disable");
            CompletableFuture<Report> report;
            List<String> sent;
            try (Connection other = locking("gate")) {
                report = waiting(run, environment, other);
                sent = proxy.messages();
            }
            assertThat(report.get(1, TimeUnit.MINUTES).outcome()).as(run.log()).isEqualTo(Outcome.Applied);
            return sent;
        }
    }

    @Test
    void resultsAreThoseOfOneByOne() {
        String sql = """
                CREATE TABLE b (n int, t text DEFAULT 'it''s'); -- the first one
                INSERT INTO b VALUES (1), (2);
                SELECT * FROM b /* ; */;
                DELETE FROM b WHERE n > 7;
                \\echo half of it
                DO $$ BEGIN RAISE NOTICE 'told by two'; RAISE WARNING 'as well'; END $$;
                SET search_path = pg_catalog;
                CREATE TABLE public.c AS SELECT current_setting('search_path') AS path;
                SET search_path = public;
                CREATE TABLE IF NOT EXISTS b ();
                INSERT INTO c VALUES ('"; -- \\'), (E'\\'');
                COPY b FROM STDIN;
                3\tthree
                \\.
                CREATE RULE r AS ON INSERT TO c DO ALSO (SELECT 1; SELECT 2);
                INSERT INTO c VALUES ('');
                CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN CREATE TABLE IF NOT EXISTS b (); END';
                SELECT f();
                UPDATE b SET n = n + 1;
                SET standard_conforming_strings = off;
                INSERT INTO c VALUES ('\\'');
                RESET ALL;
                CREATE TEMP TABLE t ON COMMIT DROP AS SELECT 1;
                TABLE b;
                """;
        Database other = database();

        Report together = run(sql).apply(database);
        RunDirectory again = run(sql);
        Report apart = oneByOne(again, other);

        assertThat(together.outcome()).as(together.message()).isEqualTo(Outcome.Applied);
        assertThat(Facts.of(database)).isEqualTo(Facts.of(other));
        assertThat(files(together)).isEqualTo(files(apart));
        assertThat(together.warnings()).hasSize(2).isEqualTo(apart.warnings());
        assertThat(together.files().get(0).statements())
                .extracting(StatementResult::millis)
                .allMatch(millis -> millis >= 0);
    }

    @Test
    void theLogTellsEachInItsPlace() {
        RunDirectory run =
                run("SELECT 1;\nSELECT 2;\n\\echo halfway\nDO $$ BEGIN RAISE NOTICE 'three'; END $$;\nSELECT 4");

        run.apply(database);

        assertThat(run.log().replaceAll(", \\d+ ms", "").lines().filter(line -> line.matches(" .*|1.sql (s|l).*")))
                .containsExactly(
                        "1.sql statement 1, line 1: OK, 1 row",
                        "1.sql statement 2, line 2: OK, 1 row",
                        "1.sql line 3 says: halfway",
                        "1.sql statement 3, line 4: OK",
                        "  three",
                        "1.sql statement 4, line 5: OK, 1 row");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELEC 1",
                "INSERT INTO lat VALUES (1)",
                "SELECT\n  nn FROM a",
                "INSERT INTO late VALUES (1), (1)",
                "SELECT 1 / 0",
                "DO $$ BEGIN RAISE EXCEPTION 'no % here', 7 USING HINT = 'look elsewhere'; END $$",
                "ALTER TYPE mood ADD VALUE 'sad'; SELECT 'sad'::mood",
                "DO $$ BEGIN COMMIT; END $$",
                "CREATE INDEX i ON a (n); VACUUM a",
                "SELECT pg_advisory_unlock_all(); SELECT 1 / 0"
            })
    void aFailureIsThatOfOneByOne(String sql) {
        String file = "INSERT INTO a VALUES (1);\nSELECT 2;\nINSERT INTO a VALUES (3);\n" + sql
                + ";\nINSERT INTO a VALUES (5);\nSELECT 6";
        Database other = database();

        Report together = run(file).sql("0.sql", "SELECT 0").apply(database);
        Report apart = oneByOne(run(file).sql("0.sql", "SELECT 0"), other);

        assertThat(together.outcome()).isEqualTo(apart.outcome());
        assertThat(together.failures()).isEqualTo(apart.failures());
        assertThat(together.warnings()).isEqualTo(apart.warnings());
        assertThat(files(together)).isEqualTo(files(apart));
        assertThat(Facts.of(database)).isEqualTo(Facts.of(other));
    }

    private static List<String> files(Report report) {
        return report.files().stream()
                .map(file -> file.toString().replaceAll("millis=-?\\d+", ""))
                .toList();
    }

    @Test
    void aPodThatIsToldToStopKeepsNothingOfTheFile() throws Exception {
        RunDirectory run = run("INSERT INTO a VALUES (1);\nINSERT INTO gate VALUES (2);\nINSERT INTO a VALUES (3)");
        Report report;
        try (Connection other = locking("gate")) {
            CompletableFuture<Report> stopped = waiting(run, database.environment(), other);
            run.stop.request();
            assertThat(run.stop.cancel()).isEmpty();
            report = stopped.get(1, TimeUnit.MINUTES);
        }

        assertThat(report.reason()).isEqualTo(Reason.PodEvicted);
        assertThat(report.failures()).extracting(Failure::statement).containsExactly(2);
        assertThat(database.query("SELECT count(*) FROM a")).isEqualTo("0");
    }

    /** Which it would be too late for if it were looked for as long after the first one had begun. */
    @Test
    void whoHoldsTheLockIsSeenOfEachStatement() throws Exception {
        RunDirectory run = run("SELECT pg_sleep(0.6);\nINSERT INTO gate VALUES (1)");
        run.session = new RunInput.Session(null, 400L, null);
        CompletableFuture<Report> report;
        try (Connection other = locking("gate")) {
            int pid = other.unwrap(PGConnection.class).getBackendPID();
            report = CompletableFuture.supplyAsync(() -> run.apply(database));

            await().atMost(1, TimeUnit.MINUTES).until(() -> run.log().contains("the lock was held by pid " + pid));
        }
        assertThat(report.get(1, TimeUnit.MINUTES).outcome()).as(run.log()).isEqualTo(Outcome.Applied);
    }

    @Test
    void whoHeldTheLockOfTheOneBeforeIsNotBlamed() throws Exception {
        RunDirectory run = run("INSERT INTO gate VALUES (1);\nLOCK TABLE second NOWAIT");
        run.lockWaitMillis = 0;
        CompletableFuture<Report> report;
        try (Connection second = locking("second")) {
            try (Connection other = locking("gate")) {
                report = waiting(run, database.environment(), other);
                await().atMost(1, TimeUnit.MINUTES).until(() -> run.log().contains("waiting for a lock"));
            }
            assertThat(report.get(1, TimeUnit.MINUTES).reason()).isEqualTo(Reason.LockTimeout);
            assertThat(second.isClosed()).isFalse();
        }
        assertThat(report.join().message()).contains("1.sql line 2").doesNotContain("held by");
    }

    /** What the server says fills what the network holds, while there is more to send; many go together by then. */
    @Test
    void longAnswersAndLongStatementsDoNotBlockEachOther() throws Exception {
        String sql = IntStream.range(0, 30)
                .mapToObj(i -> "SELECT repeat('x', 3000000), '" + "y".repeat(1_000_000) + "'")
                .collect(Collectors.joining(";\n"));

        String short254 = "SELECT 1;\n".repeat(254);

        CompletableFuture<Report> report =
                CompletableFuture.supplyAsync(() -> run(short254 + sql).apply(database));

        assertThat(report.get(2, TimeUnit.MINUTES).outcome()).isEqualTo(Outcome.Applied);
        assertThat(report.join().files().get(0).statements()).hasSize(284);
    }

    /** A run that waits for {@code other}. */
    private CompletableFuture<Report> waiting(RunDirectory run, Map<String, String> environment, Connection other) {
        Map<String, String> variables = new HashMap<>(environment);
        CompletableFuture<Report> report = CompletableFuture.supplyAsync(() -> run.apply(variables));
        await().atMost(1, TimeUnit.MINUTES).until(() -> waits() || report.isDone());
        assertThat(report.isDone()).as("it waits").isFalse();
        return report;
    }

    private Connection locking(String table) throws SQLException {
        Connection other = database.connect();
        other.setAutoCommit(false);
        try (Statement lock = other.createStatement()) {
            lock.execute("LOCK TABLE " + table);
        }
        return other;
    }

    private boolean waits() {
        return database.query("SELECT pid FROM pg_locks WHERE relation = 'gate'::regclass AND NOT granted") != null;
    }
}
