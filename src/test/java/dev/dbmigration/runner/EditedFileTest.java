package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.Accepted;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that was applied is another one by now. */
class EditedFileTest {

    private static final String TEXT = "CREATE TABLE a (t text); -- a table\n/* and\nits rows */\n"
            + "INSERT INTO a VALUES ('x \n'), ($$y \n$$);\nCOPY a FROM STDIN;\nz \n\\.\nSELECT 1;\n";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("edited");

    private Report applied(String before, String after) {
        Report first = new RunDirectory(root).sql("1.sql", before).apply(database);
        assertThat(first.outcome()).as(first.message()).isEqualTo(Outcome.Applied);
        return new RunDirectory(root).sql("1.sql", after).apply(database);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE, \uFEFFCREATE",
        "'SELECT 1;%n', 'SELECT 1;'",
        "'SELECT 1;%n', 'SELECT 1; \t%n'",
        "'-- a table%n', '-- a table  %r%n'",
        "'/* and%n', '/* and %n'",
        "'x %n', 'x %r%n'",
        "'y %n', 'y %r%n'",
        "'\\.%n', '\\.%r%n'"
    })
    void whiteSpaceAloneIsAWarning(String before, String after) {
        Report report = applied(TEXT, replaced(before, after));

        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        assertThat(report.summary().alreadyApplied()).isEqualTo(1);
        assertThat(report.warnings())
                .extracting(Warning::message)
                .singleElement()
                .asString()
                .contains("other white space");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT 1, SELECT 2",
        "'x %n', 'x%n'",
        "'y %n', 'y%n'",
        "'z %n', 'z%n'",
        "'z %n', 'z %r%n'",
        "'SELECT 1;%n', 'SELECT 1;%n%n'",
        "'(t text)', '(t  text)'"
    })
    void anythingElseIsRefused(String before, String after) {
        Report report = applied(TEXT, replaced(before, after));

        assertThat(report.reason()).isEqualTo(Reason.ChecksumMismatch);
        assertThat(report.failures().get(0).message())
                .containsPattern("checksum [0-9a-f]{12}, in the ledger [0-9a-f]{12}");
    }

    /** In both, %n is a line break and %r what Windows writes before it. */
    private static String replaced(String before, String after) {
        String from = before.replace("%n", "\n");
        assertThat(TEXT).containsOnlyOnce(from);
        return TEXT.replace(from, after.replace("%n", "\n").replace("%r", "\r"));
    }

    @Test
    void anotherChecksumThatIsAcceptedByNameIsAWarning() {
        Report refused = applied("SELECT 1", "SELECT 2");
        assertThat(refused.reason()).isEqualTo(Reason.ChecksumMismatch);
        String checksum = refused.failures().get(0).hint().replaceFirst(".*file: 1.sql, checksum: \"(.*)\".*", "$1");
        RunDirectory run = new RunDirectory(root).sql("1.sql", "SELECT 2");
        run.ledgerRules = new LedgerRules(
                List.of(new Accepted("1.sql", checksum), new Accepted("2.sql", checksum)), null, null, null);

        Report accepted = run.apply(database);

        assertThat(accepted.outcome()).as(accepted.message()).isEqualTo(Outcome.Applied);
        assertThat(accepted.summary().alreadyApplied()).isEqualTo(1);
        assertThat(accepted.warnings())
                .extracting(Warning::message)
                .singleElement()
                .asString()
                .contains("accepted by");
        run.sql("1.sql", "SELECT 3");
        assertThat(run.apply(database).reason()).isEqualTo(Reason.ChecksumMismatch);
    }
}
