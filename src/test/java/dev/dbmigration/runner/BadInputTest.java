package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that cannot be run ends the run before its first statement, with the way out. */
class BadInputTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("bad");
    private RunDirectory run;

    /** The good file comes first, so it would have been applied if anything had begun. */
    private Failure onlyFailure() {
        Report report = run.sql("001_good.sql", "CREATE TABLE good ()").apply(database);
        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.reason()).isEqualTo(report.failures().get(0).reason());
        assertThat(report.failures()).hasSize(1);
        return report.failures().get(0);
    }

    @AfterEach
    void nothingHappened() {
        assertThat(database.query("SELECT to_regclass('good')")).isNull();
    }

    @Test
    void anEmptySource() {
        run = new RunDirectory(root);
        run.file("notes", "README.md", "# Migrations");

        Failure failure = onlyFailure();

        assertThat(failure.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(failure.message()).contains("ConfigMap notes has no migration", "README.md");
        assertThat(failure.hint()).contains(".sql");
    }

    @Test
    void aSourceThatIsNotThere() throws Exception {
        run = new RunDirectory(root);
        Files.delete(run.source("gone"));

        assertThat(onlyFailure().message()).contains("ConfigMap gone is not in the pod");
    }

    @Test
    void aFileThatIsNotUtf8() {
        run = new RunDirectory(root)
                .file("inline", "002_latin.sql", "SELECT 1;\n-- Café\n".getBytes(StandardCharsets.ISO_8859_1));

        Failure failure = onlyFailure();

        assertThat(failure.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(failure.file()).isEqualTo("002_latin.sql");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.message()).contains("not UTF-8");
    }

    @Test
    void aFileInUtf16() {
        run = new RunDirectory(root).file("inline", "002_w.sql", "SELECT 1".getBytes(StandardCharsets.UTF_16));

        assertThat(onlyFailure().message()).contains("UTF-16");
    }

    @Test
    void aNulCharacter() {
        run = new RunDirectory(root).sql("002_nul.sql", "SELECT 1;\n\nSELECT '\0'");

        Failure failure = onlyFailure();

        assertThat(failure.message()).contains("NUL");
        assertThat(failure.line()).isEqualTo(3);
    }

    @Test
    void anUnterminatedQuote() {
        run = new RunDirectory(root).sql("002_open.sql", "SELECT 1;\nSELECT 'it''s\nnever closed;\n");

        Failure failure = onlyFailure();

        assertThat(failure.reason()).isEqualTo(Reason.SyntaxError);
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.statement()).isEqualTo(2);
        assertThat(failure.message()).isEqualTo("the string opened here is never closed");
    }

    @Test
    void oneFileNameTwice() {
        run = new RunDirectory(root).file("first", "002_x.sql", "SELECT 1").file("second", "002_x.sql", "SELECT 2");

        Failure failure = onlyFailure();

        assertThat(failure.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(failure.message())
                .isEqualTo("version 2 stands twice: 002_x.sql of ConfigMap first, and 002_x.sql of ConfigMap second");
    }

    @Test
    void oneVersionUnderTwoNames() {
        run = new RunDirectory(root).sql("2_x.sql", "SELECT 1").sql("V002__y.sql", "SELECT 2");

        assertThat(onlyFailure().message()).contains("version 2 stands twice");
    }

    @Test
    void oneVersionInTwoFoldersIsToldANameThatWouldDo() {
        run = new RunDirectory(root).sql("2024/2_x.sql", "SELECT 1").sql("2025/002-y_z.sql", "SELECT 2");

        Failure failure = onlyFailure();

        assertThat(failure.message()).contains("2024/2_x.sql of", "2025/002-y_z.sql of");
        assertThat(failure.hint()).endsWith("such as V2_1__y_z.sql");
    }

    @Test
    void aFileWithoutVersionInAFolderWithoutOne() {
        run = new RunDirectory(root).sql("more/notes.sql", "SELECT 1");

        Failure failure = onlyFailure();

        assertThat(failure.file()).isEqualTo("more/notes.sql");
        assertThat(failure.hint()).contains("001_notes.sql");
    }

    @Test
    void foldersThatLeadInACircle() throws Exception {
        run = new RunDirectory(root);
        Files.createSymbolicLink(run.source("round").resolve("again"), run.source("round"));

        assertThat(onlyFailure().message()).contains("more than 16 folders within each other");
    }

    @Test
    void aFileWithoutVersionAmongOthers() {
        run = new RunDirectory(root).sql("notes.sql", "SELECT 1");

        Failure failure = onlyFailure();

        assertThat(failure.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(failure.hint()).contains("001_notes.sql");
    }

    @Test
    void aCommandOfPsqls() {
        run = new RunDirectory(root).sql("002_psql.sql", "SELECT 1;\n\\i other.sql\n");

        Failure failure = onlyFailure();

        assertThat(failure.reason()).isEqualTo(Reason.UnsupportedFeature);
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.message()).contains("\\i");
    }

    @Test
    void aFileThatHoldsItsOwnUndoingBehindAnUnknownMarker() {
        run = new RunDirectory(root)
                .sql("002_x.sql", "-- migrate:up\nCREATE TABLE a ();\n\n-- migrate:undo\nDROP TABLE a;\n");

        Failure failure = onlyFailure();

        assertThat(failure.reason()).isEqualTo(Reason.UnsupportedFeature);
        assertThat(failure.line()).isEqualTo(4);
    }

    @Test
    void anUnexpectedFaultIsAReportTooAndNamesItsKind() {
        run = new RunDirectory(root).sql("001_good.sql", "CREATE TABLE good ()");
        run.ticker = () -> {
            throw new IllegalStateException("no clock, and a secret");
        };

        Report report = run.apply(database);

        assertThat(report.reason()).isEqualTo(Reason.StatementFailed);
        assertThat(report.message()).contains("IllegalStateException").doesNotContain("secret");
    }

    @Test
    void everyBadFileIsNamedAtOnce() {
        run = new RunDirectory(root).sql("002_a.sql", "SELECT 'open").sql("003_b.sql", "SELECT \"open");

        assertThat(run.apply(database).failures()).extracting("file").containsExactly("002_a.sql", "003_b.sql");
    }

    @Test
    void noHost() {
        run = new RunDirectory(root).sql("001_good.sql", "CREATE TABLE good ()");
        var environment = database.environment();
        environment.remove("PGHOST");

        Report report = run.apply(environment);

        assertThat(report.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(report.failures().get(0).hint()).contains("spec.database.host");
    }
}
