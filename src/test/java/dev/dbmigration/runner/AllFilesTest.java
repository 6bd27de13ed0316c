package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code transaction: All}: every file of the run is kept, or none. */
class AllFilesTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("all");

    private RunDirectory run() {
        RunDirectory run = new RunDirectory(root);
        run.transaction = Transaction.All;
        return run;
    }

    @Test
    void allAreKept() {
        Report report = run().sql("1.sql", "CREATE TABLE a (n int); SET search_path = pg_catalog; SET ROLE pg_monitor")
                .sql(
                        "2.sql",
                        "-- dbmigration: lockTimeout=3s\nINSERT INTO a VALUES (1);"
                                + " CREATE TABLE b AS SELECT current_setting('lock_timeout') AS l")
                .apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.summary()).isEqualTo(new Summary(2, 2, 0, 0, 0, 0, 0));
        assertThat(database.query("SELECT count(DISTINCT xmin::text) FROM dbmigration.migrations"))
                .isEqualTo("1");
        assertThat(database.query("SELECT l FROM b")).isEqualTo("3s");
    }

    @Test
    void oneThatFailsTakesTheOthersWithIt() {
        run().sql("1.sql", "CREATE TABLE a ()").apply(database);

        Report report = run().sql("2.sql", "CREATE TABLE b ()")
                .sql("3.sql", "CREATE TABLE c ();\nDROP TABLE nowhere")
                .sql("4.sql", "CREATE TABLE d ()")
                .apply(database);

        assertThat(report.reason()).isEqualTo(Reason.UndefinedObject);
        assertThat(report.message()).contains("3.sql line 2", "nothing of any file was kept");
        assertThat(report.summary()).isEqualTo(new Summary(4, 0, 1, 0, 0, 1, 2));
        assertThat(database.query("SELECT to_regclass('b')")).isNull();
        assertThat(database.query("SELECT count(*) FROM dbmigration.migrations"))
                .isEqualTo("1");
    }

    @Test
    void whatCannotBePartOfItIsRefusedBeforeAnythingRuns() {
        Report report = run().sql("1.sql", "CREATE TABLE a ()")
                .sql("2.sql", "CREATE TABLE b (n int);\nCREATE INDEX CONCURRENTLY ON b (n)")
                .sql("3.sql", "BEGIN;\nCOMMIT")
                .sql("4.sql", "-- dbmigration: transaction=none\nCREATE TABLE c ()")
                .sql("5.sql", "-- migrate:up transaction:false\nCREATE TABLE d ()")
                .apply(database);

        assertThat(report.reason()).isEqualTo(Reason.TransactionState);
        assertThat(report.failures()).extracting("file").containsExactly("2.sql", "3.sql", "4.sql", "5.sql");
        assertThat(report.failures().get(0).line()).isEqualTo(2);
        assertThat(report.failures()).allSatisfy(f -> assertThat(f.hint()).contains("PerFile"));
        assertThat(report.failures().get(3).message()).isEqualTo("the file asks to run statement by statement");
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    @Test
    void aFileThatWasBegunStatementByStatementIsRefusedToo() {
        RunDirectory run = run().sql("1.sql", "CREATE TABLE a ();\nDROP TABLE nowhere");
        run.transaction = Transaction.PerStatement;
        run.apply(database);
        run.transaction = Transaction.All;

        assertThat(run.apply(database).message()).contains("an earlier run has begun this file");
    }
}
