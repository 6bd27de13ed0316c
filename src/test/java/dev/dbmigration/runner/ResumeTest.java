package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput.Resolved;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of a file that is not one transaction is killed; what the next run makes of what it finds. */
class ResumeTest {

    private static final String INVALID = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("resume");
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void anIndexThatWasLeftInvalidIsBuiltAgain() throws Exception {
        database.execute("CREATE TABLE a (n int); INSERT INTO a SELECT generate_series(1, 100)");
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "UPDATE a SET n = n + 1;\nCREATE INDEX CONCURRENTLY a_n ON a (n);\nUPDATE a SET n = n + 1");

        killedWhileWaiting(run, "a IN ROW EXCLUSIVE MODE");

        assertThat(database.query(INVALID)).isEqualTo("1");
        assertApplied(run.apply(database));
        assertThat(database.query(INVALID)).isEqualTo("0");
        assertThat(database.query("SELECT min(n) FROM a")).isEqualTo("3");
        assertThat(run.log()).contains("has left index public.a_n INVALID");
    }

    @Test
    void anIndexWithoutANameToo() throws Exception {
        database.execute("CREATE TABLE a (n int); CREATE INDEX other ON a (n)");
        RunDirectory run = new RunDirectory(root).sql("1.sql", "CREATE INDEX CONCURRENTLY ON public.a (n)");

        killedWhileWaiting(run, "a IN ROW EXCLUSIVE MODE");

        assertApplied(run.apply(database));
        assertThat(database.query(
                        "SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ' ' ORDER BY indexrelid::regclass::text)"
                                + " FROM pg_index WHERE indrelid = 'a'::regclass"))
                .isEqualTo("a_n_idx true other true");
    }

    @Test
    void anIndexWhoseAnswerWasLostIsThere() {
        database.execute("CREATE TABLE a (n int)");
        RunDirectory run = new RunDirectory(root).sql("1.sql", "CREATE INDEX CONCURRENTLY a_n ON a (n);\nSELECT 1 / 0");
        run.apply(database);
        // As it stands when the end of the statement has not been kept any more.
        database.execute("UPDATE dbmigration.steps SET begun = true, before = ''");

        Report report = run.sql("1.sql", "CREATE INDEX CONCURRENTLY a_n ON a (n);\nSELECT 1")
                .apply(database);

        assertApplied(report);
        assertThat(run.log()).contains("index public.a_n is there and valid");
    }

    @Test
    void aDroppedIndexIsGone() throws Exception {
        database.execute("CREATE TABLE a (n int); CREATE INDEX a_n ON a (n)");
        RunDirectory run = new RunDirectory(root).sql("1.sql", "DROP INDEX CONCURRENTLY a_n;\nCREATE TABLE b ()");

        killedWhileWaiting(run, "a IN ROW EXCLUSIVE MODE");

        assertApplied(run.apply(database));
        assertThat(database.query("SELECT to_regclass('a_n')")).isNull();
        assertThat(database.query("SELECT to_regclass('b')")).isEqualTo("b");
    }

    @Test
    void whatReindexHasLeftIsDropped() throws Exception {
        database.execute("CREATE TABLE a (n int); CREATE INDEX a_n ON a (n)");
        RunDirectory run = new RunDirectory(root).sql("1.sql", "REINDEX TABLE CONCURRENTLY a");

        killedWhileWaiting(run, "a IN ROW EXCLUSIVE MODE");

        assertThat(database.query(INVALID)).isEqualTo("1");
        database.execute("CREATE TABLE others (n int); CREATE INDEX others_n_ccnew ON others (n);"
                + " UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'others_n_ccnew'::regclass");
        assertApplied(run.apply(database));
        assertThat(database.query(
                        "SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ' ' ORDER BY indexrelid::regclass::text)"
                                + " FROM pg_index WHERE indrelid IN ('a'::regclass, 'others'::regclass)"))
                .isEqualTo("a_n true others_n_ccnew false");
    }

    @Test
    void whatOnlyASuperuserMayDropIsLeftAndSaid() throws Exception {
        String role = database.name() + "_owner";
        database.execute("CREATE ROLE " + role + " LOGIN; GRANT ALL ON SCHEMA public TO " + role + "; GRANT CREATE ON"
                + " DATABASE " + database.name() + " TO " + role + "; SET ROLE " + role
                + "; CREATE TABLE a (n int, t text); CREATE INDEX a_n ON a (n)");
        RunDirectory run = new RunDirectory(root).sql("1.sql", "REINDEX TABLE CONCURRENTLY a");
        Database owner = database.as(role, database.password());
        killedWhileWaiting(run, owner, "a IN ROW EXCLUSIVE MODE");
        assertThat(database.query(INVALID)).isEqualTo("2");

        Report report = run.apply(owner);

        assertApplied(report);
        assertThat(database.query(INVALID)).isEqualTo("1");
        String message = report.warnings().get(0).message();
        assertThat(message).contains("INVALID; let a superuser run: DROP INDEX CONCURRENTLY pg_toast.pg_toast_");
        database.execute(message.substring(message.indexOf("DROP")));
        assertThat(database.query(INVALID)).isEqualTo("0");
    }

    @Test
    void aDetachingThatIsPendingIsFinalized() throws Exception {
        assumeThat(Postgres.version()).as("DETACH CONCURRENTLY").isGreaterThanOrEqualTo(14);
        database.execute("CREATE TABLE a (n int) PARTITION BY RANGE (n);"
                + " CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1) TO (10)");
        RunDirectory run = new RunDirectory(root)
                .sql("1.sql", "ALTER TABLE a DETACH PARTITION a1 CONCURRENTLY;\nCREATE TABLE b ()");

        killedWhileWaiting(run, "a IN ACCESS SHARE MODE");

        assertThat(database.query("SELECT inhdetachpending FROM pg_inherits")).isEqualTo("t");
        assertApplied(run.apply(database));
        assertThat(database.query("SELECT count(*) FROM pg_inherits")).isEqualTo("0");
    }

    @Test
    void whatShareItsTransactionWithItsStepIsExact() throws Exception {
        database.execute("CREATE TABLE a (n int); INSERT INTO a VALUES (0); CREATE TABLE gate (n int)");
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "-- dbmigration: transaction=none\nUPDATE a SET n = n + 1;\n"
                                + "WITH up AS (UPDATE a SET n = n + 10 RETURNING n) INSERT INTO gate SELECT n FROM up;\n"
                                + "UPDATE a SET n = n + 100");

        killedWhileWaiting(run, "gate IN SHARE MODE");

        assertThat(database.query("SELECT n FROM a")).isEqualTo("1");
        assertApplied(run.apply(database));
        assertThat(database.query("SELECT n FROM a")).isEqualTo("111");
    }

    @Test
    void howFarABlockCameThatCommitsIsNotGuessed() throws Exception {
        database.execute("CREATE TABLE a (n int); CREATE TABLE gate (n int)");
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "DO $$ BEGIN INSERT INTO a VALUES (1); COMMIT;"
                                + " INSERT INTO gate VALUES (1); END $$;\nINSERT INTO a VALUES (2)");
        killedWhileWaiting(run, "gate IN SHARE MODE");

        Report report = run.apply(database);

        assertThat(report.reason()).as(report.message()).isEqualTo(Reason.PartiallyApplied);
        assertThat(report.failures().get(0).statement()).isEqualTo(1);
        assertThat(report.message()).contains("spec.sql.resolve: [{file: 1.sql, statement: 1, as: Applied}]");
        assertThat(database.query("SELECT count(*) FROM a")).isEqualTo("1");

        run.resolve = List.of(new Resolved("1.sql", 1, Resolved.As.Applied));
        assertApplied(run.apply(database));
        assertThat(database.query("SELECT string_agg(n::text, ' ' ORDER BY n) FROM a"))
                .isEqualTo("1 2");
    }

    /** With nothing left to do it would not commit, and pass for a statement that had not been begun. */
    @Test
    void norWhereItWouldEndOtherwiseThisTime() throws Exception {
        database.execute("CREATE TABLE a (n int); CREATE TABLE gate (n int)");
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM a) THEN INSERT INTO a VALUES (1); COMMIT; END IF;"
                                + " INSERT INTO gate VALUES (1); END $$");
        Report killed = killedWhileWaiting(run, "gate IN SHARE MODE");
        assertThat(killed.message()).contains("the next run looks at what statement 1 has left");

        Report report = run.apply(database);

        assertThat(report.reason()).as(report.message()).isEqualTo(Reason.PartiallyApplied);
        assertThat(report.failures().get(0).statement()).isEqualTo(1);
        assertThat(database.query("SELECT count(*) FROM gate")).isEqualTo("0");
    }

    @Test
    void aPersonMayAlsoSayThatItIsNotThere() throws Exception {
        database.execute("CREATE TABLE a (n int); CREATE TABLE gate (n int)");
        RunDirectory run = new RunDirectory(root)
                .sql("1.sql", "DO $$ BEGIN INSERT INTO a VALUES (1); COMMIT;" + " INSERT INTO gate VALUES (1); END $$");
        killedWhileWaiting(run, "gate IN SHARE MODE");
        database.execute("DELETE FROM a");

        run.resolve = List.of(new Resolved("1.sql", 1, Resolved.As.NotApplied));

        assertApplied(run.apply(database));
        assertThat(database.query("SELECT count(*) FROM a")).isEqualTo("1");
    }

    @Test
    void whatAPersonSaysOfAStatementThatIsNowhereIsRefused() throws Exception {
        RunDirectory run = new RunDirectory(root).sql("1.sql", "CREATE TABLE a (n int); SELECT 1;");
        run.resolve = List.of(
                new Resolved("1.sql", 3, Resolved.As.Applied),
                new Resolved("1.sql", 2, Resolved.As.Applied),
                new Resolved("l.sql", 1, Resolved.As.NotApplied));

        Report report = run.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(report.failures())
                .extracting(Failure::message)
                .containsExactly(
                        "spec.sql.resolve names statement 3 of 1.sql, which has 2",
                        "spec.sql.resolve names the file l.sql, which is in no source");
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    @Test
    void aFileMaySayThatItIsSafeToRunAgain() throws Exception {
        database.execute("CREATE TABLE a (n int UNIQUE); CREATE TABLE gate (n int)");
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "-- dbmigration: rerun=safe\n"
                                + "DO $$ BEGIN INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING; COMMIT;"
                                + " INSERT INTO gate VALUES (1); END $$");
        killedWhileWaiting(run, "gate IN SHARE MODE");

        assertApplied(run.apply(database));
        assertThat(database.query("SELECT count(*) FROM a")).isEqualTo("1");
    }

    private static void assertApplied(Report report) {
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
    }

    /** A statement waits for a lock of another session, and its own is ended by the server. */
    private Report killedWhileWaiting(RunDirectory run, String lock)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        return killedWhileWaiting(run, database, lock);
    }

    private Report killedWhileWaiting(RunDirectory run, Database who, String lock)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        Future<Report> report;
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + lock);
            report = pool.submit(() -> run.apply(who));
            String waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pod-1'"
                    + " AND wait_event_type = 'Lock' AND datname = current_database()";
            await().until(() -> "1".equals(database.query(waiting)));
            database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'pod-1' AND datname = current_database()");
            Report killed = report.get(60, TimeUnit.SECONDS);
            assertThat(killed.outcome()).isEqualTo(Outcome.Failed);
            return killed;
        }
    }
}
