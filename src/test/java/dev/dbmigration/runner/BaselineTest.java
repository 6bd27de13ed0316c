package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that held something before its first run. */
class BaselineTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("baseline");

    private RunDirectory run(String baseline) {
        RunDirectory run = new RunDirectory(root)
                .sql("001_a.sql", "CREATE TABLE a ()")
                .sql("002_b.sql", "CREATE TABLE b ()")
                .sql("010_c.sql", "CREATE TABLE c ()")
                .sql("R__r.sql", "CREATE VIEW r AS SELECT 1");
        run.ledgerRules = new LedgerRules(null, null, null, baseline);
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "002", "9.1", "002_b.sql"})
    void filesUpToItAreRecordedAndNeverCountAsApplied(String baseline) {
        Report report = run(baseline).apply(database);

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.summary()).isEqualTo(new Summary(4, 2, 0, 0, 2, 0, 0));
        assertThat(report.message()).isEqualTo("2 files applied, 2 in the baseline");
        assertThat(database.query("SELECT coalesce(to_regclass('a'), to_regclass('b'))"))
                .isNull();
        assertThat(database.query("SELECT string_agg(outcome, ' ' ORDER BY version) FROM dbmigration.migrations"))
                .isEqualTo("Baseline Applied Baseline Applied");
        assertThat(run(null).apply(database).summary()).isEqualTo(new Summary(4, 0, 2, 0, 2, 0, 0));
    }

    @Test
    void itIsNotLookedAtWhereAnythingIsRecorded() {
        new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a ()").apply(database);

        Report report = run("10").apply(database);

        assertThat(report.summary()).isEqualTo(new Summary(4, 3, 1, 0, 0, 0, 0));
    }

    @Test
    void itIsNotLookedAtWhereAFileWasBegun() {
        RunDirectory begun = new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a ();\nSELECT nothing");
        begun.transaction = Transaction.PerStatement;
        begun.apply(database);

        Report report =
                run("10").sql("001_a.sql", "CREATE TABLE a ();\nSELECT 1").apply(database);

        assertThat(report.summary()).isEqualTo(new Summary(4, 4, 0, 0, 0, 0, 0));
    }

    @Test
    void aFileWithoutNumberIsOnNeitherSideOfIt() {
        Report report = run("2").file("other", "views.sql", "SELECT 1").apply(database);

        assertThat(report.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(report.failures().get(0).file()).isEqualTo("views.sql");
        assertThat(database.query("SELECT to_regclass('dbmigration.migrations')"))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource
    void itIsAskedForWhereTheFirstFileMeetsWhatIsThere(Transaction transaction) {
        database.execute("CREATE TABLE a ()");
        RunDirectory run = run(null);
        run.transaction = transaction;

        Report report = run.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.BaselineRequired);
        assertThat(report.message())
                .contains("001_a.sql line 1: relation \"a\" already exists", "spec.sql.baseline: \"1\"");
        assertThat(run("1").apply(database).outcome()).isEqualTo(Outcome.Applied);
    }

    @Test
    void aFullDatabaseIsNoErrorByItself() {
        database.execute("CREATE TABLE z ()");

        assertThat(run(null).apply(database).outcome()).isEqualTo(Outcome.Applied);
    }

    @ParameterizedTest
    @ValueSource(strings = {"001_a.sql", "002_b.sql"})
    void laterFilesOrWhatAFileHasMadeItselfAreNoReasonForIt(String failing) {
        RunDirectory run = run(null);
        run.sql(failing, "-- dbmigration: transaction=none\nCREATE TABLE x ();\nCREATE TABLE x ()");

        assertThat(run.apply(database).reason()).isEqualTo(Reason.AlreadyExists);
    }
}
