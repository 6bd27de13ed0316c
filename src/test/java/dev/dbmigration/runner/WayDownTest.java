package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of other tools: only the way up is run, counted and recorded. */
class WayDownTest {

    private static final String NO_TRANSACTION = "CREATE TABLE seen AS SELECT pg_current_xact_id()::text AS x;\n"
            + "INSERT INTO seen SELECT pg_current_xact_id()::text;\n";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("down");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- migrate:up\nCREATE TABLE a ();\n\n-- migrate:down\nDROP TABLE a;\n",
                "-- +goose Up\nCREATE TABLE a ();\n\n-- +goose Down\nDROP TABLE a;\n",
                "-- +migrate Up\nCREATE TABLE a ();\n\n-- +migrate Down\nDROP TABLE a;\n"
            })
    void aFileWithBothWays(String content) {
        RunDirectory run = new RunDirectory(root).sql("001_a.sql", content);

        Report report = run.apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Applied);
        assertThat(report.files().get(0).statements()).hasSize(1);
        assertThat(database.query("SELECT to_regclass('a')")).isEqualTo("a");
        assertThat(database.query("SELECT statements FROM dbmigration.migrations"))
                .isEqualTo("1");
        assertThat(run.log()).contains("not run: ConfigMap inline: 001_a.sql lines 4 to 5 (a way down)");
        assertThat(run.apply(database).summary().alreadyApplied()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "001_a.up.sql, 001_a.down.sql",
        "up.sql, down.sql",
        "V1__a.sql, U1__a.sql",
        "V1_2__a.sql, U1_2__undo_a.sql",
        "001_a.sql, 001_a.undo.sql",
        "001.do.sql, 001.undo.sql"
    })
    void pairsOfFiles(String up, String down) {
        RunDirectory run = new RunDirectory(root).sql(up, "CREATE TABLE a ()").sql(down, "DROP TABLE a");

        Report report = run.apply(database);

        assertThat(report.files()).extracting("file").containsExactly(up);
        assertThat(report.summary().total()).isEqualTo(1);
        assertThat(database.query("SELECT to_regclass('a')")).isEqualTo("a");
        assertThat(run.log()).contains("not run: ConfigMap inline: " + down + " (a way down)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- migrate:up transaction:false\n" + NO_TRANSACTION + "-- migrate:down\nDROP TABLE seen;",
                "-- +goose NO TRANSACTION\n-- +goose Up\n" + NO_TRANSACTION + "-- +goose Down\nDROP TABLE seen;",
                "-- +migrate Up notransaction\n" + NO_TRANSACTION + "-- +migrate Down\nDROP TABLE seen;"
            })
    void aMarkerMayAskForNoTransaction(String content) {
        Report report = new RunDirectory(root).sql("001_a.sql", content).apply(database);

        assertThat(report.failures()).isEmpty();
        assertThat(database.query("SELECT count(DISTINCT x) FROM seen")).isEqualTo("2");
    }

    @Test
    void flywaysConfigurationOfAFileMayDoSo() {
        RunDirectory run = new RunDirectory(root)
                .sql("V1__a.sql", NO_TRANSACTION)
                .sql("V1__a.sql.conf", "# as it was\nencoding=UTF-8\n\nexecuteInTransaction = false\n")
                .sql("V2__b.sql", "CREATE TABLE b ()")
                .sql("V3__gone.sql.conf", "executeInTransaction=false");

        Report report = run.apply(database);

        assertThat(report.failures()).isEmpty();
        assertThat(report.summary().applied()).isEqualTo(2);
        assertThat(database.query("SELECT count(DISTINCT x) FROM seen")).isEqualTo("2");
        assertThat(run.log())
                .contains("V3__gone.sql.conf (does not end in .sql)")
                .doesNotContain("V1__a.sql.conf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shouldExecute=false", "executeInTransaction=no", "encoding=ISO_8859_1", "what is this"})
    void whatItCannotDoIsRefusedBeforeAnythingRuns(String setting) {
        Report report = new RunDirectory(root)
                .sql("V1__a.sql", "CREATE TABLE a ()")
                .sql("V2__b.sql", "CREATE TABLE b ()")
                .sql("V2__b.sql.conf", "# comment\n" + setting)
                .apply(database);

        Failure failure = report.failures().get(0);
        assertThat(failure.reason()).isEqualTo(Reason.UnsupportedFeature);
        assertThat(failure.file()).isEqualTo("V2__b.sql.conf");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.hint()).contains("executeInTransaction");
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    @Test
    void aFailureHasItsLineInTheWholeFile() {
        Report report = new RunDirectory(root)
                .sql("001_a.sql", "-- +goose Up\n\nSELECT 1;\nSELECT\n  nothing;\n-- +goose Down\nDROP TABLE a;")
                .apply(database);

        assertThat(report.failures().get(0).line()).isEqualTo(5);
        assertThat(report.failures().get(0).statement()).isEqualTo(2);
    }
}
