package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.StatementResult.StatementOutcome;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a file and what it leaves behind, in the database and for the next file. */
class FileTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("file");

    @Test
    void theFirstFileThatFailsEndsTheRunAndKeepsThoseBefore() {
        Report report = new RunDirectory(root)
                .sql("1_a.sql", "CREATE TABLE a (n int);")
                .sql("2_b.sql", "CREATE TABLE b (n int);\n\nINSERT INTO a\n  VALUES (1, 2);")
                .sql("10_c.sql", "CREATE TABLE c (n int)")
                .apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.summary()).isEqualTo(new Summary(3, 1, 0, 0, 0, 1, 1));
        assertThat(report.files()).extracting("file").containsExactly("1_a.sql", "2_b.sql", "10_c.sql");
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.statement()).isEqualTo(2);
            assertThat(failure.line()).isEqualTo(4);
            assertThat(failure.reason()).isEqualTo(Reason.SyntaxError);
        });
        assertThat(database.query("SELECT to_regclass('b')")).isNull();
        assertThat(ledger()).isEqualTo("1");
    }

    @Test
    void countsRowsAsTheCommandTagDoes() {
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "CREATE TABLE a (n int); INSERT INTO a VALUES (1), (2); DELETE FROM a WHERE n > 5;"
                                + "SELECT * FROM a")
                .apply(database);

        assertThat(report.files().get(0).statements()).extracting("rows").containsExactly(-1L, 2L, 0L, 2L);
    }

    @Test
    void aSkippedStatementIsNotOk() {
        database.execute("CREATE TABLE tasks (id int)");
        Report report = new RunDirectory(root)
                .sql("1_a.sql", "CREATE TABLE IF NOT EXISTS tasks (id int, title text);\nCREATE TABLE new ()")
                .sql("2_b.sql", "CREATE TABLE IF NOT EXISTS tasks (id int)")
                .apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Applied);
        assertThat(report.summary()).isEqualTo(new Summary(2, 1, 0, 1, 0, 0, 0));
        assertThat(report.files().get(0).statements())
                .extracting("outcome")
                .containsExactly(StatementOutcome.Skipped, StatementOutcome.OK);
        assertThat(report.files().get(1).outcome()).isEqualTo(FileOutcome.Skipped);
        assertThat(report.warnings()).hasSize(2).first().satisfies(warning -> {
            assertThat(warning.message()).isEqualTo("skipped: relation \"tasks\" already exists");
            assertThat(warning.line()).isEqualTo(1);
        });
        assertThat(database.query("SELECT string_agg(outcome, ' ' ORDER BY version) FROM dbmigration.migrations"))
                .isEqualTo("Applied Skipped");
    }

    /** What else they did is not known from a notice, or did happen. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Skipped | ALTER TABLE tasks ADD COLUMN IF NOT EXISTS id int[] DEFAULT ARRAY[1, 2]",
                "Skipped | ALTER TABLE tasks ADD IF NOT EXISTS id int, ADD COLUMN IF NOT EXISTS done numeric(9, 2)",
                "OK | ALTER TABLE tasks ADD IF NOT EXISTS id int, ADD COLUMN title text",
                "OK | DO 'BEGIN EXECUTE ''CREATE TABLE IF NOT EXISTS tasks ()''; INSERT INTO tasks VALUES (1); END'",
                "OK | INSERT INTO tasks VALUES (1)"
            })
    void onlyWhatDidNothingIsSkipped(StatementOutcome outcome, String sql) {
        database.execute("CREATE TABLE tasks (id int, done bool); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql"
                + " AS 'BEGIN CREATE TABLE IF NOT EXISTS tasks (); RETURN NEW; END';"
                + " CREATE TRIGGER t BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION f()");

        Report report = new RunDirectory(root).sql("1.sql", sql).apply(database);

        assertThat(report.files().get(0).statements()).extracting("outcome").containsExactly(outcome);
        assertThat(report.files().get(0).outcome()).hasToString(outcome == StatementOutcome.OK ? "Applied" : "Skipped");
        assertThat(report.warnings())
                .isNotEmpty()
                .allSatisfy(warning -> assertThat(warning.message()).startsWith("skipped: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET client_min_messages = warning;",
                "SELECT set_config('client_min_messages', 'error', false);",
                "-- dbmigration: transaction=none\nSET client_min_messages = warning;"
            })
    void aSkippedStatementIsToldWhereTheFileHasTurnedNoticesOff(String off) {
        database.execute("CREATE TABLE tasks (id int)");
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        off + "\nCREATE TABLE IF NOT EXISTS tasks (id int);\n"
                                + "CREATE TABLE seen AS SELECT current_setting('client_min_messages') AS level")
                .apply(database);

        assertThat(report.files().get(0).statements())
                .extracting("outcome")
                .containsExactly(StatementOutcome.OK, StatementOutcome.Skipped, StatementOutcome.OK);
        assertThat(database.query("SELECT level FROM seen")).isIn("warning", "error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-- dbmigration: transaction=none\n"})
    void anIndexThatIsThereAndInvalidIsNoSkip(String head) {
        database.execute("CREATE TABLE a (n int); CREATE INDEX a_n ON a (n)");
        database.as("postgres", "")
                .execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_n'::regclass");
        RunDirectory run =
                new RunDirectory(root).sql("1.sql", head + "SELECT 1;\nCREATE INDEX IF NOT EXISTS a_n ON a (n)");

        Report report = run.apply(database);

        assertThat(report.reason()).as(report.message()).isEqualTo(Reason.AlreadyExists);
        assertThat(report.failures().get(0).statement()).isEqualTo(2);
        assertThat(report.message()).contains("index public.a_n is there, but INVALID", "DROP INDEX CONCURRENTLY");
        database.execute("DROP INDEX a_n");
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
    }

    @Test
    void aFileWithoutStatementsIsRecordedWithAWarning() {
        Report report =
                new RunDirectory(root).sql("1.sql", "-- nothing yet\n;;\n").apply(database);

        assertThat(report.summary().applied()).isEqualTo(1);
        assertThat(report.warnings())
                .singleElement()
                .satisfies(w -> assertThat(w.message()).contains("holds no statement"));
        assertThat(ledger()).isEqualTo("1");
    }

    @Test
    void anEditedFileIsRefusedBeforeAnythingRuns() {
        RunDirectory run = new RunDirectory(root).sql("1.sql", "CREATE TABLE a ()");
        run.apply(database);

        Report report = run.sql("1.sql", "CREATE TABLE a2 ()")
                .sql("2.sql", "CREATE TABLE b ()")
                .apply(database);

        assertThat(report.reason()).isEqualTo(Reason.ChecksumMismatch);
        assertThat(report.failures().get(0).file()).isEqualTo("1.sql");
        assertThat(report.failures().get(0).message())
                .containsPattern("checksum [0-9a-f]{12}, in the ledger [0-9a-f]{12}");
        assertThat(report.summary().pending()).isEqualTo(2);
        assertThat(database.query("SELECT to_regclass('b')")).isNull();
    }

    @Test
    void anotherScopeHasItsOwnVersions() {
        RunDirectory run = new RunDirectory(root).sql("1.sql", "CREATE TABLE a ()");
        run.apply(database);
        run.scope = "other";
        run.sql("1.sql", "CREATE TABLE b ()");

        assertThat(run.apply(database).summary().applied()).isEqualTo(1);
        assertThat(ledger()).isEqualTo("2");
    }

    @Test
    void aDeferredConstraintFailsAtCommit() {
        database.execute("CREATE TABLE a (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        Report report = new RunDirectory(root)
                .sql("1.sql", "INSERT INTO a VALUES (4711), (4711); CREATE TABLE b ()")
                .apply(database);

        assertThat(report.reason()).isEqualTo(Reason.ConstraintViolation);
        assertThat(report.failures().get(0).statement()).isZero();
        assertThat(report.failures().get(0).message()).startsWith("at COMMIT: ").doesNotContain("4711");
        assertThat(database.query("SELECT to_regclass('b')")).isNull();
    }

    @Test
    void noFileNoticesWhatTheOneBeforeDidToTheSession() {
        database.execute("CREATE ROLE " + database.name() + "_weak");
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "CREATE TABLE a (n int); SELECT pg_catalog.set_config('search_path', '', false);"
                                + "SET ROLE " + database.name() + "_weak; SET lock_timeout = '17s';"
                                + "SET statement_timeout = '1h'; SET client_min_messages = error;")
                .sql("2.sql", "CREATE TEMP TABLE t AS SELECT 1; PREPARE p AS SELECT 1;")
                .sql(
                        "3.sql",
                        "INSERT INTO a VALUES (1); PREPARE p AS SELECT 1; CREATE TABLE seen AS SELECT"
                                + " current_user AS who, current_setting('lock_timeout') AS locks,"
                                + " current_setting('statement_timeout') AS statements,"
                                + " current_setting('client_min_messages') AS messages,"
                                + " current_setting('application_name') AS application,"
                                + " to_regclass('pg_temp.t') AS temporary");

        Report report = run.apply(database);

        assertThat(report.failures()).isEmpty();
        assertThat(database.query("SELECT seen::text FROM seen")).isEqualTo("(postgres,5s,0,notice,pod-1,)");
        assertThat(ledger()).isEqualTo("3");
    }

    @Test
    void theTimeZoneIsTheDatabasesOwn() {
        database.execute("ALTER DATABASE " + database.name() + " SET timezone = 'America/New_York'");
        String sql = "SELECT current_setting('TimeZone') AS zone; SET TIME ZONE 'Asia/Tokyo'";

        new RunDirectory(root)
                .sql("1.sql", "CREATE TABLE first AS " + sql)
                .sql("2.sql", "CREATE TABLE second AS " + sql)
                .apply(database);

        assertThat(database.query("SELECT first.zone || ' ' || second.zone FROM first, second"))
                .isEqualTo("America/New_York America/New_York");
    }

    @Test
    void deferredTriggersRunAsTheFileLeftTheSession() {
        String weak = database.name() + "_weak";
        database.execute("CREATE ROLE " + weak + "; CREATE TABLE a (n int); CREATE TABLE seen (who text);"
                + "GRANT ALL ON a, seen TO " + weak + ";"
                + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO seen VALUES (current_user); RETURN NULL; END';"
                + "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION f()");

        new RunDirectory(root)
                .sql("1.sql", "SET ROLE " + weak + "; INSERT INTO a VALUES (1)")
                .apply(database);

        assertThat(database.query("SELECT who FROM seen")).isEqualTo(weak);
    }

    @Test
    void settingsOfTheRunHoldInEachFile() {
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "CREATE TABLE seen AS SELECT current_setting('lock_timeout') || ' ' ||"
                                + " current_setting('statement_timeout') || ' ' || current_schema() AS x");
        run.session = new RunInput.Session("Odd \"one\"", 700L, 90_000L);
        database.execute("CREATE SCHEMA \"Odd \"\"one\"\"\"");

        run.apply(database);

        assertThat(database.query("SELECT x FROM \"Odd \"\"one\"\"\".seen")).isEqualTo("700ms 90s Odd \"one\"");
    }

    @Test
    void aStatementTimeoutIsNoCancel() {
        RunDirectory run = new RunDirectory(root).sql("1.sql", "SELECT pg_sleep(3600)");
        run.session = new RunInput.Session(null, null, 20L);

        Report report = run.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.StatementTimeout);
        assertThat(report.failures().get(0).hint()).contains("spec.timeouts.statement");
    }

    @Test
    void aTableThatIsLockedIsALockTimeout() throws Exception {
        database.execute("CREATE TABLE a (n int)");
        RunDirectory run = new RunDirectory(root).sql("1.sql", "ALTER TABLE a ADD m int");
        run.session = new RunInput.Session(null, 20L, null);
        run.lockWaitMillis = 1;
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE a IN ACCESS SHARE MODE");

            assertThat(run.apply(database).reason()).isEqualTo(Reason.LockTimeout);
        }
        run.session = new RunInput.Session(null, null, null);
        run.lockWaitMillis = 60_000;
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
    }

    @Test
    void nothingBeginsAfterTheDeadlineAndTheFileUnderWayIsRolledBack() {
        RunDirectory run = new RunDirectory(root)
                .sql("1.sql", "CREATE TABLE a (); CREATE TABLE b ()")
                .sql("2.sql", "CREATE TABLE c ()");
        run.runMillis = 60_000;
        run.ticker = () ->
                run.log().contains("1.sql statement 1") ? Duration.ofHours(1).toNanos() : 0;

        Report report = run.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.DeadlineExceeded);
        assertThat(report.failures().get(0).file()).isEqualTo("1.sql");
        assertThat(report.files().get(0).statements()).hasSize(1);
        assertThat(report.summary()).isEqualTo(new Summary(2, 0, 0, 0, 0, 1, 1));
        assertThat(database.query("SELECT coalesce(to_regclass('a'), to_regclass('c'))"))
                .isNull();
        assertThat(ledger()).isNull();
    }

    @Test
    void aReadOnlySessionIsRefusedFirst() {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

        Report report = new RunDirectory(root).sql("1.sql", "CREATE TABLE a ()").apply(database);

        assertThat(report.reason()).isEqualTo(Reason.ReadOnlyDatabase);
        assertThat(report.failures().get(0).file()).isNull();
    }

    @Test
    void aRoleThatMayNotKeepTheLedgerIsToldTheGrant() {
        String role = database.name() + "_app";
        database.execute("CREATE ROLE " + role + " LOGIN; GRANT CREATE ON SCHEMA public TO " + role);
        RunDirectory run = new RunDirectory(root).sql("1.sql", "CREATE TABLE a ()");

        Report refused = run.apply(database.as(role, "any"));

        assertThat(refused.reason()).isEqualTo(Reason.PermissionDenied);
        assertThat(refused.failures().get(0).file()).isNull();
        String grant = refused.failures().get(0).hint().replaceFirst(".*run: ", "");
        assertThat(grant).contains("GRANT CREATE ON DATABASE");
        database.execute(grant);
        assertThat(run.apply(database.as(role, "any")).outcome()).isEqualTo(Outcome.Applied);
    }

    @Test
    void aLedgerOfSomebodyElseIsToldWithTheGrantToUseIt() {
        new RunDirectory(root.resolve("first"))
                .sql("1.sql", "CREATE TABLE a ()")
                .apply(database);
        String role = database.name() + "_app";
        database.execute("CREATE ROLE " + role + " LOGIN; GRANT CREATE ON SCHEMA public TO " + role);
        RunDirectory run = new RunDirectory(root.resolve("second")).sql("2.sql", "CREATE TABLE b ()");

        Report refused = run.apply(database.as(role, "any"));

        assertThat(refused.reason()).isEqualTo(Reason.PermissionDenied);
        database.execute(refused.failures().get(0).hint().replaceFirst(".*run: ", ""));
        assertThat(run.apply(database.as(role, "any")).outcome()).isEqualTo(Outcome.Applied);
    }

    @Test
    void aFileMayChooseItsIsolation() {
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; CREATE TABLE a AS"
                                + " SELECT current_setting('transaction_isolation') AS level")
                .apply(database);

        assertThat(report.failures()).isEmpty();
        assertThat(database.query("SELECT level FROM a")).isEqualTo("serializable");
    }

    @Test
    void aVersionThatAnotherRunRecordedMeanwhileIsRolledBack() {
        new RunDirectory(root.resolve("first")).sql("0.sql", "SELECT 1").apply(database);
        RunDirectory run = new RunDirectory(root.resolve("second"))
                .sql(
                        "1.sql",
                        "CREATE TABLE a (); INSERT INTO dbmigration.migrations"
                                + " SELECT scope, '1', file, source, checksum, outcome, statements, duration_ms, applied_at,"
                                + " applied_by, application_name, resource_kind, resource_namespace, resource_name, run"
                                + " FROM dbmigration.migrations");

        Report report = run.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.LockHeld);
        assertThat(report.failures().get(0).file()).isEqualTo("1.sql");
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    private String ledger() {
        return database.query("SELECT to_regclass('dbmigration.migrations')") == null
                ? null
                : database.query("SELECT count(*) FROM dbmigration.migrations");
    }
}
