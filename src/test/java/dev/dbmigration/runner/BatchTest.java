package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.Outcome;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that share a message. The first file of a new ledger runs alone, then two go together, then four: of eight, the
 * second and third, and the fourth to seventh.
 */
class BatchTest {

    private static final String BEFORE = "CREATE TABLE a (n int PRIMARY KEY); CREATE TABLE gate (n int);"
            + " CREATE TABLE counter (n int); INSERT INTO counter VALUES (0);"
            + " CREATE TABLE late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)";

    private static final String LEDGER = "SELECT string_agg(concat_ws(' ', scope, version, file, source, checksum,"
            + " outcome, statements, applied_by, application_name, resource_kind, resource_namespace, resource_name,"
            + " run, text_checksum, variables, database_schema, down), E'\\n' ORDER BY version)"
            + " FROM dbmigration.migrations WHERE duration_ms >= 0";

    @TempDir
    Path root;

    private final Database database = database();

    private static Database database() {
        Database database = Postgres.shared().newDatabase("batch");
        database.execute(BEFORE);
        return database;
    }

    /** Eight files that count themselves, of which the one of that number reads otherwise. */
    private RunDirectory run(int number, String sql) {
        RunDirectory run = new RunDirectory(root);
        for (int i = 1; i <= 8; i++) {
            run.sql("00" + i + ".sql", i == number ? sql : "UPDATE counter SET n = n + " + (1 << i));
        }
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

    private List<String> messages(RunDirectory run) throws Exception {
        try (HoldingProxy proxy = HoldingProxy.open(database)) {
            Map<String, String> environment = proxy.front().environment();
            environment.put("PGSSLMODE", "disable");
            Report report = run.apply(environment);
            assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
            return proxy.messages();
        }
    }

    private static long rows(String message) {
        return message.split("INSERT INTO \"dbmigration\".migrations", -1).length - 1;
    }

    @Test
    void filesShareMessages() throws Exception {
        List<String> messages = messages(run(0, ""));

        assertThat(messages.stream().map(BatchTest::rows).filter(n -> n > 0)).containsExactly(1L, 2L, 4L, 1L);
        assertThat(database.query("SELECT n FROM counter")).isEqualTo("510");
        assertThat(database.query("SELECT count(DISTINCT xmin::text) FROM dbmigration.migrations"))
                .isEqualTo("8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY gate FROM STDIN;\n1\n\\.\n",
                "CREATE TABLE IF NOT EXISTS b ()",
                "BEGIN; SELECT 1; COMMIT",
                "VACUUM gate",
                "-- dbmigration: transaction=statement\nSELECT 1",
                "\\echo hello\nSELECT 1",
                "SET client_min_messages = warning",
                "SELECT '\\'",
                "SELECT E'a'\n'b\\'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END"
            })
    void whatHasToBeLookedAtRunsAlone(String sql) throws Exception {
        assumeThat(Postgres.version()).isGreaterThanOrEqualTo(sql.contains("ATOMIC") ? 14 : 13);
        RunDirectory run = run(6, sql);
        if (sql.contains("'b")) {
            assertThat(run.apply(database).failures().get(0).file()).isEqualTo("006.sql");
            return;
        }

        List<String> messages = messages(run);

        assertThat(messages.stream().map(BatchTest::rows).filter(n -> n > 0)).containsExactly(1L, 2L, 2L, 1L, 2L);
    }

    @Test
    void resultsAreThoseOfOneByOne() {
        RunDirectory run = new RunDirectory(root)
                .sql("01.sql", "CREATE TABLE b (n int, t text DEFAULT 'it''s'); -- the first one")
                .sql("02.sql", "INSERT INTO b VALUES (1), (2);\nSELECT * FROM b /* ; */;\nDELETE FROM b WHERE n > 7")
                .sql("03.sql", "ALTER TABLE b ALTER n TYPE bigint; ALTER TABLE a ADD m int")
                .sql("03.down.sql", "ALTER TABLE a DROP m; -- it's \\ gone\n")
                .sql("04.sql", "-- nothing yet")
                .sql("05.sql", "ALTER TABLE b ALTER n TYPE int;\nALTER TABLE a ALTER m TYPE bigint")
                .sql(
                        "06.sql",
                        "CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN RETURN 3; END; $f$ -- end")
                .sql("07.sql", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nINSERT INTO b SELECT g(), '\"; -- \\\\'")
                .sql(
                        "08 it's.sql",
                        "-- dbmigration: lockTimeout=3s\nCREATE TABLE c AS SELECT"
                                + " current_setting('lock_timeout') AS l, current_setting('transaction_isolation') AS i")
                .sql(
                        "09.sql",
                        "CREATE RULE r AS ON INSERT TO c DO ALSO (SELECT 1; SELECT 2);\nINSERT INTO c VALUES ('')")
                .sql("10.sql", "TRUNCATE b;\nREVOKE ALL ON c FROM public");
        Database other = database();

        Report together = run.apply(database);
        Report apart = oneByOne(run, other);

        assertThat(together.outcome()).as(together.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query(LEDGER)).isNotNull().isEqualTo(other.query(LEDGER));
        assertThat(Facts.of(database)).isEqualTo(Facts.of(other));
        assertThat(files(together)).isEqualTo(files(apart));
        assertThat(together.warnings()).isEqualTo(apart.warnings());
        assertThat(together.files().get(1).statements()).extracting("millis").containsOnly(-1L);
    }

    private static List<String> files(Report report) {
        return report.files().stream().map(BatchTest::withoutTimes).toList();
    }

    private static String withoutTimes(FileResult file) {
        return file.toString().replaceAll("millis=-?\\d+", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE b ();\nSELEC 1",
                "CREATE TABLE b ();\nINSERT INTO nowhere VALUES (1)",
                "CREATE TABLE b ();\nINSERT INTO a VALUES (1), (1)",
                "CREATE TABLE b ();\nINSERT INTO late VALUES (1), (1)",
                "-- dbmigration: lockTimeout=999999999h\nSELECT 1"
            })
    void anErrorIsThatOfItsFileAndOthersAreKept(String sql) {
        RunDirectory run = run(5, sql);
        Database other = database();

        Report together = run.apply(database);
        Report apart = oneByOne(run, other);

        assertThat(together.failures()).isNotEmpty().isEqualTo(apart.failures());
        assertThat(together.summary()).isEqualTo(apart.summary());
        assertThat(together.summary().applied()).isEqualTo(4);
        assertThat(Facts.of(database)).isEqualTo(Facts.of(other));
        assertThat(run.log()).contains("005.sql: ");
        run.sql("005.sql", "SELECT 1");
        assertThat(run.apply(database).summary().applied()).isEqualTo(4);
        assertThat(database.query("SELECT n FROM counter")).isEqualTo(String.valueOf(510 - 32));
    }

    @Test
    void noFileNoticesWhatTheOneBeforeDidToTheSession() {
        database.execute("CREATE ROLE " + database.name() + "_weak");
        RunDirectory run = run(
                        5,
                        "SET ROLE " + database.name() + "_weak; SET search_path = pg_catalog; RESET lock_timeout;"
                                + " CREATE TEMP TABLE t (); SELECT pg_advisory_lock(7)")
                .sql(
                        "006.sql",
                        "CREATE TABLE seen AS SELECT current_user AS who, current_setting('search_path') AS path,"
                                + " current_setting('lock_timeout') AS locks, to_regclass('pg_temp.t') AS temporary,"
                                + " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7) AS others");

        Report report = run.apply(database);

        assertThat(report.failures()).isEmpty();
        assertThat(report.files().get(5).statements()).extracting("millis").containsExactly(-1L);
        assertThat(database.query("SELECT seen::text FROM seen"))
                .isEqualTo("(postgres,\"\"\"$user\"\", public\",5s,,0)");
    }

    @Test
    void whatAFunctionSkipsIsAWarningOfItsFile() {
        String skipping = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS"
                + " 'BEGIN CREATE TABLE IF NOT EXISTS a (); END'";
        database.execute(skipping);

        RunDirectory run = run(5, "SELECT f()");
        Database other = database();
        other.execute(skipping);

        Report report = run.apply(database);

        Report apart = oneByOne(run, other);
        assertThat(files(report)).isEqualTo(files(apart));
        assertThat(database.query(LEDGER)).isNotNull().isEqualTo(other.query(LEDGER));
        assertThat(report.warnings())
                .isEqualTo(apart.warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.file()).isEqualTo("005.sql");
                    assertThat(warning.line()).isEqualTo(1);
                    assertThat(warning.message()).isEqualTo("skipped: relation \"a\" already exists");
                });
    }

    @Test
    void aLockThatIsLostFailsTheFileThatLostIt() throws Exception {
        RunDirectory run = run(5, "SELECT pg_advisory_unlock_all();\nINSERT INTO gate VALUES (1)");
        CompletableFuture<Report> report;
        try (Connection other = database.connect();
                Connection thief = database.connect();
                Statement steal = thief.createStatement()) {
            report = waiting(run, other);
            steal.execute("SELECT pg_advisory_lock(7233464250984980852)");
            other.rollback();
            assertThat(report.get(1, TimeUnit.MINUTES).reason()).isEqualTo(Reason.LockHeld);
        }
        assertThat(report.join().summary().applied()).isEqualTo(4);
        assertThat(database.query("SELECT count(*) FROM gate")).isEqualTo("0");
        assertThat(run.apply(database).summary().applied()).isEqualTo(4);
    }

    @Test
    void aSessionThatIsEndedIsUnknownAndTheNextAttemptEndsItOnce() throws Exception {
        RunDirectory run = run(5, "UPDATE counter SET n = n + 32; INSERT INTO gate VALUES (1)");
        CompletableFuture<Report> report;
        try (Connection other = database.connect()) {
            report = waiting(run, other);
            database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
            assertThat(report.get(1, TimeUnit.MINUTES).outcome()).isEqualTo(Outcome.Unknown);
        }

        assertThat(report.join().message()).startsWith("005.sql: ").contains("only the ledger knows");
        assertThat(report.join().summary().applied()).isEqualTo(4);
        endsOnce(run);
    }

    @Test
    void aRunnerThatIsKilledIsFinishedByTheNextAttempt() throws Exception {
        RunDirectory run = run(5, "UPDATE counter SET n = n + 32; INSERT INTO gate VALUES (1)");
        run.session = new RunInput.Session(null, 0L, null);
        run.write();
        try (Connection other = database.connect()) {
            lockGate(other);
            Process process = new RunnerProcess(root, database, List.of()).start("runner", "apply", root.toString());
            await().atMost(1, TimeUnit.MINUTES).until(this::waits);
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        endsOnce(run);
    }

    @Test
    void aPodThatIsToldToStopKeepsWhatWasKept() throws Exception {
        RunDirectory run = run(5, "UPDATE counter SET n = n + 32; INSERT INTO gate VALUES (1)");
        Report report;
        try (Connection other = database.connect()) {
            CompletableFuture<Report> stopped = waiting(run, other);
            run.stop.request();
            assertThat(run.stop.cancel()).isEmpty();
            report = stopped.get(1, TimeUnit.MINUTES);
        }

        assertThat(report.reason()).isEqualTo(Reason.PodEvicted);
        assertThat(report.message()).isEqualTo("005.sql: the pod was told to stop; nothing of this file was kept");
        assertThat(report.summary().applied()).isEqualTo(4);
        assertThat(database.query("SELECT n FROM counter")).isEqualTo("30");
    }

    private void endsOnce(RunDirectory run) {
        Report next = run.apply(database);
        assertThat(next.outcome()).as(next.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT n FROM counter")).isEqualTo("510");
        assertThat(database.query("SELECT count(*) FROM gate")).isEqualTo("1");
        assertThat(database.query("SELECT count(*) FROM dbmigration.migrations"))
                .isEqualTo("8");
    }

    /** A run whose file waits for {@code other}. */
    private CompletableFuture<Report> waiting(RunDirectory run, Connection other) throws SQLException {
        run.session = new RunInput.Session(null, 0L, null);
        lockGate(other);
        Map<String, String> environment = new HashMap<>(database.environment());
        CompletableFuture<Report> report = CompletableFuture.supplyAsync(() -> run.apply(environment));
        await().atMost(1, TimeUnit.MINUTES).until(() -> waits() || report.isDone());
        assertThat(report.isDone()).as("it waits").isFalse();
        return report;
    }

    private static void lockGate(Connection other) throws SQLException {
        other.setAutoCommit(false);
        try (Statement lock = other.createStatement()) {
            lock.execute("LOCK TABLE gate");
        }
    }

    private boolean waits() {
        return database.query("SELECT pid FROM pg_locks WHERE relation = 'gate'::regclass AND NOT granted") != null;
    }
}
