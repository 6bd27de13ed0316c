package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.report.RunInput.LedgerRules.OnMissing;
import dev.dbmigration.report.RunInput.LedgerRules.OutOfOrder;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come too late for their version, that are gone, or that are not there yet. */
class OrderTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("lateness");
    private int runs;

    /** Files of source {@code a}, each of which makes a table of its own. */
    private RunDirectory run(int... versions) {
        RunDirectory run = new RunDirectory(root.resolve("run" + runs++));
        for (int version : versions) {
            run.file("a", version + ".sql", "CREATE TABLE t" + version + " ()");
        }
        return run;
    }

    private Report applied(RunDirectory run) {
        Report report = run.apply(database);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        return report;
    }

    @Test
    void aPendingFileBeforeOneThatWasAppliedIsRefusedBeforeAnythingRuns() {
        applied(run(2, 5));

        Report report = run(1, 2, 4, 5, 6).apply(database);

        assertThat(report.reason()).isEqualTo(Reason.OutOfOrder);
        assertThat(report.failures()).extracting("file").containsExactly("1.sql", "4.sql");
        assertThat(report.message())
                .contains("version 1 comes before 5, which was applied from the same source")
                .contains("spec.sql.outOfOrder: Allow");
        assertThat(report.summary()).isEqualTo(new Summary(5, 0, 0, 0, 0, 0, 5));
    }

    @Test
    void filesInFoldersRunByTheVersionsOfTheirNamesOrElseOfTheirFolders() {
        Report report = applied(new RunDirectory(root)
                .file("a", "V10__j.sql", "SELECT 10")
                .file("a", "z/V1_2__b.sql", "SELECT 2")
                .file("a", "3_users/up.sql", "SELECT 3")
                .file("a", "b/20251119T0930_x.sql", "SELECT 4")
                .file("a", "b/R__r.sql", "SELECT 5"));

        assertThat(report.files())
                .extracting("file")
                .containsExactly(
                        "z/V1_2__b.sql", "3_users/up.sql", "V10__j.sql", "b/20251119T0930_x.sql", "b/R__r.sql");
        assertThat(report.files()).extracting("version").containsExactly("1.2", "3", "10", "20251119.930", "R__r.sql");
    }

    @Test
    void itRunsWithAWarningWhereThatIsAllowed() {
        applied(run(2, 10));
        RunDirectory run = run(2, 9, 10);
        run.ledgerRules = new LedgerRules(null, OutOfOrder.Allow, null, null);

        Report report = applied(run);

        assertThat(report.summary().applied()).isEqualTo(1);
        assertThat(report.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.file()).isEqualTo("9.sql");
            assertThat(warning.message()).contains("behind version 10");
        });
    }

    @Test
    void anotherSourceHasAnOrderOfItsOwn() {
        applied(run(20));

        assertThat(applied(run(20).file("b", "1.sql", "SELECT 1").file("c", "x.sql", "SELECT 2"))
                        .summary()
                        .applied())
                .isEqualTo(2);
        assertThat(applied(run(20).file("b", "1.sql", "SELECT 1")
                                .file("b", "R__x.sql", "SELECT 3")
                                .file("c", "x.sql", "SELECT 2"))
                        .summary()
                        .applied())
                .isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneCountsForTheOrderOfItsSource() {
        applied(run(1, 3));

        assertThat(run(1, 2).apply(database).reason()).isEqualTo(Reason.OutOfOrder);
    }

    @Test
    void filesThatAreGoneAreAWarningThatNamesThem() {
        applied(run(1, 2, 3, 4));

        Report report = applied(run(2, 4));

        assertThat(report.summary()).isEqualTo(new Summary(2, 0, 2, 0, 0, 0, 0));
        assertThat(report.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.file()).isEqualTo("1.sql");
            assertThat(warning.message()).isEqualTo("the file was applied and is gone; so are 3.sql");
        });
    }

    @Test
    void filesThatAreGoneAreAFailureWhereTheyAreNeeded() {
        applied(run(1, 2));
        RunDirectory run = run(2, 3);
        run.ledgerRules = new LedgerRules(null, null, OnMissing.Fail, null);

        Report report = run.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.FileMissing);
        assertThat(report.message()).contains("1.sql: ", "version 1", "spec.sql.onMissing: Warn");
        assertThat(database.query("SELECT to_regclass('t3')")).isNull();
    }

    @Test
    void aLedgerThatIsFurtherOnIsAppliedAndSaidToBe() {
        applied(run(1, 2, 3, 11));
        RunDirectory run = run(1, 2);
        run.ledgerRules = new LedgerRules(null, null, OnMissing.Fail, null);

        Report report = applied(run);

        assertThat(report.message()).isEqualTo("nothing to do: 2 files applied already; database is 2 files ahead");
        assertThat(report.summary()).isEqualTo(new Summary(2, 0, 2, 0, 0, 0, 0, 2));
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void eachSourceIsAheadForItself() {
        applied(run(1, 2).file("b", "7.sql", "SELECT 7"));

        assertThat(applied(run(1).file("b", "7.sql", "SELECT 7")).summary().ahead())
                .isEqualTo(1);
    }
}
