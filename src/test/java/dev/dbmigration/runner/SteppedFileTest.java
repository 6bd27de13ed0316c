package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.StatementResult.StatementOutcome;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not one transaction: what of them is kept, and how the next run goes on. */
class SteppedFileTest {

    private static final String STEPS = "SELECT coalesce(string_agg(statement || CASE WHEN begun THEN '?' ELSE '' END,"
            + " ' ' ORDER BY statement), '') FROM dbmigration.steps";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("stepped");

    @Test
    void anIndexIsBuiltConcurrentlyWithoutAWord() {
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "CREATE TABLE a (n int);\nCREATE INDEX CONCURRENTLY a_n ON a (n);\nINSERT INTO a VALUES (1)")
                .apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.files().get(0).statements())
                .extracting("outcome")
                .containsExactly(StatementOutcome.OK, StatementOutcome.OK, StatementOutcome.OK);
        assertThat(database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_n'::regclass"))
                .isEqualTo("t");
        assertThat(database.query(STEPS)).isEmpty();
    }

    @Test
    void whatFailsKeepsWhatWasBeforeAndSaysSo() {
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "-- dbmigration: transaction=none\nCREATE TABLE a (n int);\nINSERT INTO a VALUES (1);\n"
                                + "INSERT INTO nowhere VALUES (1)")
                .apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.reason()).isEqualTo(Reason.UndefinedObject);
        assertThat(report.message())
                .contains("1.sql line 4", "statements 1 to 2 are kept, and the next run goes on behind");
        assertThat(database.query("SELECT count(*) FROM a")).isEqualTo("1");
        assertThat(database.query(STEPS)).isEqualTo("1 2");
        assertThat(report.summary().failed()).isEqualTo(1);
    }

    @Test
    void theNextRunGoesOnBehindWhatIsKept() {
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "-- dbmigration: transaction=statement\nCREATE TABLE a (n int);\nSET search_path = app;\n"
                                + "INSERT INTO public.a VALUES (1);\nINSERT INTO b VALUES (1)");
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Failed);
        database.execute("CREATE SCHEMA app; CREATE TABLE app.b (n int); GRANT ALL ON SCHEMA app TO PUBLIC;"
                + " GRANT ALL ON app.b TO PUBLIC");

        Report report = run.apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.files().get(0).statements())
                .extracting("outcome")
                .containsExactly(
                        StatementOutcome.AlreadyApplied,
                        StatementOutcome.AlreadyApplied,
                        StatementOutcome.AlreadyApplied,
                        StatementOutcome.OK);
        assertThat(database.query("SELECT count(*) FROM a")).isEqualTo("1");
        assertThat(database.query("SELECT count(*) FROM app.b")).isEqualTo("1");
        assertThat(database.query(STEPS)).isEmpty();
    }

    @Test
    void whatAnEarlierRunHasSkippedIsToldAsIfNothingHadComeBetween() {
        String there = "CREATE TABLE a (n int); CREATE INDEX a_n ON a (n)";
        String late = "CREATE TABLE b (n int)";
        Database other = Postgres.shared().newDatabase("stepped");
        List.of(there, late).forEach(other::execute);
        database.execute(there);
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "CREATE TABLE IF NOT EXISTS a ();\nCREATE INDEX CONCURRENTLY IF NOT EXISTS a_n ON a (n);\n"
                                + "ALTER TABLE b ADD COLUMN IF NOT EXISTS n int");
        assertThat(run.apply(database).reason()).isEqualTo(Reason.UndefinedObject);
        database.execute(late);

        Report resumed = run.apply(database);

        Report undisturbed = run.apply(other);
        String outcome = "SELECT outcome FROM dbmigration.migrations";
        assertThat(database.query(outcome)).isEqualTo(other.query(outcome)).isEqualTo("Skipped");
        assertThat(resumed.summary()).isEqualTo(undisturbed.summary());
        assertThat(resumed.warnings()).hasSize(3).isEqualTo(undisturbed.warnings());
        assertThat(resumed.files().get(0).statements()).extracting("outcome").containsOnly(StatementOutcome.Skipped);
    }

    @Test
    void stepsOfAnEarlierReleaseAreGoneOnWith() {
        RunDirectory run = new RunDirectory(root)
                .sql("1.sql", "-- dbmigration: transaction=none\nCREATE TABLE a ();\nCREATE TABLE b (LIKE c)");
        run.apply(database);
        database.execute("ALTER TABLE dbmigration.steps DROP COLUMN skipped; CREATE TABLE c ()");

        assertThat(run.plan(database).plan())
                .singleElement()
                .satisfies(file -> assertThat(file.why()).contains("came to statement 1"));
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
        assertThat(database.query(STEPS)).isEmpty();
    }

    @Test
    void aLaterStatementMayBeEditedAndAFinishedOneMayNot() {
        String head = "-- dbmigration: transaction=none\n";
        RunDirectory run =
                new RunDirectory(root).sql("1.sql", head + "CREATE TABLE a (n int);\nINSERT INTO nowhere VALUES (1)");
        run.apply(database);

        Report edited = run.sql("1.sql", head + "CREATE TABLE a (n bigint);\nINSERT INTO a VALUES (1)")
                .apply(database);
        assertThat(edited.reason()).isEqualTo(Reason.ChecksumMismatch);
        assertThat(edited.failures().get(0).statement()).isEqualTo(1);

        Report report = run.sql("1.sql", head + "CREATE TABLE a (n int);\nINSERT INTO a VALUES (1)")
                .apply(database);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT count(*) FROM a")).isEqualTo("1");
    }

    @Test
    void aFilesOwnTransactionsAreKeptOneByOne() {
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "BEGIN;\nCREATE TABLE a (n int);\nINSERT INTO a VALUES (1);\nCOMMIT;\n"
                                + "BEGIN;\nINSERT INTO a VALUES (2);\nINSERT INTO nowhere VALUES (1);\nCOMMIT;");

        Report failed = run.apply(database);

        assertThat(failed.reason()).isEqualTo(Reason.UndefinedObject);
        assertThat(failed.message()).contains("statements 1 to 4 are kept");
        assertThat(database.query("SELECT string_agg(n::text, ' ') FROM a")).isEqualTo("1");
        database.execute("CREATE TABLE nowhere (n int); GRANT ALL ON nowhere TO PUBLIC");

        Report report = run.apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT string_agg(n::text, ' ' ORDER BY n) FROM a"))
                .isEqualTo("1 2");
    }

    @Test
    void whatAFileRollsBackIsGone() {
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "BEGIN; CREATE TABLE a (); ROLLBACK; BEGIN; SAVEPOINT s; CREATE TABLE b ();"
                                + " ROLLBACK TO SAVEPOINT s; CREATE TABLE c (); RELEASE s; END")
                .apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT string_agg(relname, ' ') FROM pg_class WHERE relname IN ('a', 'b', 'c')"))
                .isEqualTo("c");
    }

    @Test
    void aDeferredConstraintFailsAtTheFilesOwnCommit() {
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE c (id int REFERENCES p"
                                + " DEFERRABLE INITIALLY DEFERRED);\nBEGIN;\nINSERT INTO c VALUES (1);\nCOMMIT;")
                .apply(database);

        assertThat(report.reason()).isEqualTo(Reason.ConstraintViolation);
        assertThat(report.message()).contains("at COMMIT", "statements 1 to 2 are kept");
        assertThat(database.query("SELECT count(*) FROM c")).isEqualTo("0");
    }

    @Test
    void aBlockThatCommitsRunsOutsideATransaction() {
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "CREATE TABLE a (n int);\nDO $$ BEGIN FOR i IN 1..3 LOOP INSERT INTO a VALUES (i);"
                                + " COMMIT; END LOOP; END $$;\nINSERT INTO a VALUES (4)");
        Report report = run.apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("ran statement by statement"));
        assertThat(database.query("SELECT count(*) FROM a")).isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VACUUM a", "REINDEX TABLE CONCURRENTLY a", "DROP INDEX CONCURRENTLY a_n", "DISCARD ALL"})
    void whatRunsOnlyOutsideATransactionRuns(String sql) {
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "CREATE TABLE a (n int);\nCREATE INDEX a_n ON a (n);\n" + sql + ";\nINSERT INTO a VALUES (1)")
                .apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query(STEPS)).isEmpty();
    }

    @Test
    void theLedgerIsNotWrittenInTheNameOfAnotherRole() {
        database.as("postgres", "")
                .execute("CREATE ROLE stepped_other; GRANT stepped_other TO " + database.user()
                        + "; GRANT CREATE, USAGE ON SCHEMA public TO stepped_other");

        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "-- dbmigration: transaction=none\nSET ROLE stepped_other;\nCREATE TABLE a ();\n"
                                + "CREATE TABLE b ()")
                .apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT string_agg(tableowner, ' ') FROM pg_tables WHERE tablename IN ('a', 'b')"))
                .isEqualTo("stepped_other stepped_other");
    }

    @Test
    void theResourceMayAskForStatementByStatement() {
        RunDirectory run =
                new RunDirectory(root).sql("1.sql", "CREATE TABLE a (n int);\nINSERT INTO nowhere VALUES (1)");
        run.transaction = Transaction.PerStatement;

        assertThat(run.apply(database).message()).contains("statement 1 is kept");
    }

    @Test
    void temporaryTablesOfAnEarlierAttemptAreNotGuessed() {
        String head = "-- dbmigration: transaction=none\n";
        RunDirectory run = new RunDirectory(root)
                .sql(
                        "1.sql",
                        head + "CREATE TEMP TABLE t (n int);\nCREATE TABLE a (n int);\nINSERT INTO nowhere VALUES (1)");
        run.apply(database);

        Report report = run.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.PartiallyApplied);
        assertThat(report.failures().get(0).statement()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN;\nCREATE TABLE a ()",
                "BEGIN;\nVACUUM;\nCOMMIT",
                "SAVEPOINT a",
                "BEGIN;\nCREATE TABLE a ();\nPREPARE TRANSACTION 'x'",
                "BEGIN;\nCREATE TABLE a ();\nCOMMIT AND CHAIN;\nCOMMIT",
                "-- dbmigration: transaction=maybe\nSELECT 1",
                "-- dbmigration: tranaction=none\nSELECT 1",
                "-- dbmigration: lockTimeout=1parsec\nSELECT 1"
            })
    void whatWouldNotEndAsItReadsIsRefusedBeforeAnythingRuns(String sql) {
        Report report = new RunDirectory(root)
                .sql("1_good.sql", "CREATE TABLE good ()")
                .sql("2_bad.sql", sql)
                .apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.failures().get(0).file()).isEqualTo("2_bad.sql");
        assertThat(report.failures().get(0).line()).isPositive();
        assertThat(report.failures().get(0).hint()).isNotBlank();
        assertThat(database.query("SELECT to_regclass('good')")).isNull();
    }

    @Test
    void aFileAsksForItsOwnTimeouts() {
        Report report = new RunDirectory(root)
                .sql(
                        "1.sql",
                        "-- dbmigration: lockTimeout=1s statementTimeout=2m\n"
                                + "CREATE TABLE a AS SELECT current_setting('lock_timeout') l, current_setting('statement_timeout') s")
                .sql("2.sql", "CREATE TABLE b AS SELECT current_setting('lock_timeout') l")
                .apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT l || ' ' || s FROM a")).isEqualTo("1s 2min");
        assertThat(database.query("SELECT l FROM b")).isEqualTo("5s");
    }

    @Test
    void advisoryLocksEndWithTheirFileAndOursDoesNot() {
        Report report = new RunDirectory(root)
                .sql("1.sql", "SELECT pg_advisory_unlock_all(), pg_advisory_lock(42)")
                .sql(
                        "2.sql",
                        "CREATE TABLE a AS SELECT (classid::bigint << 32) | objid::bigint AS key FROM pg_locks"
                                + " WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
                .apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(database.query("SELECT string_agg(key::text, ' ') FROM a")).isEqualTo("7233464250984980852");
    }
}
