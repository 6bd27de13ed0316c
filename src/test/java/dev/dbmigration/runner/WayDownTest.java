package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of other tools: only the way up is run, counted and recorded. */
class WayDownTest {

    private static final String NO_TRANSACTION = "CREATE TABLE seen AS SELECT pg_current_xact_id()::text AS x;\n"
            + "INSERT INTO seen SELECT pg_current_xact_id()::text;\n";

    private static final String DOWN = "SELECT down FROM dbmigration.migrations";

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
        assertThat(database.query(DOWN)).isEqualTo(content.substring(content.indexOf("\n\n") + 2));
        assertThat(run.apply(database).summary().alreadyApplied()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "001_a.up.sql, 001_a.down.sql",
        "up.sql, down.sql",
        "V1__a.sql, U1__a.sql",
        "V1_2__a.sql, U1_2__undo_a.sql",
        "001_a.sql, 001_a.undo.sql",
        "001.do.sql, 001.undo.sql",
        "1_a/up.sql, 1_a/down.sql",
        "V1__a.sql, undo/U1__a.sql",
        "create_a.up.sql, create_a.down.sql",
        "R__a.sql, R__a.down.sql"
    })
    void pairsOfFiles(String up, String down) {
        RunDirectory run = new RunDirectory(root).sql(up, "CREATE TABLE a ()").sql(down, "DROP TABLE a");

        Report report = run.apply(database);

        assertThat(report.files()).extracting("file").containsExactly(up);
        assertThat(report.summary().total()).isEqualTo(1);
        assertThat(database.query("SELECT to_regclass('a')")).isEqualTo("a");
        assertThat(run.log()).contains("not run: ConfigMap inline: " + down + " (a way down)");
        assertThat(database.query(DOWN)).isEqualTo("DROP TABLE a");
    }

    @ParameterizedTest
    @EnumSource(Transaction.class)
    void theLedgerKeepsItHoweverItsFileRuns(Transaction transaction) {
        String last = "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE d ();\n-- +goose Down\nDROP TABLE d;\r\n";
        RunDirectory run = new RunDirectory(root)
                .sql("1_a.sql", "-- +migrate Down\nSELECT 1;\n-- +migrate Up\nSELECT 2;\n-- +migrate Down\nSELECT 3;")
                .sql("2_b.sql", "CREATE TABLE b ()")
                .sql("2_b.down.sql", "it's \\ 'é\n\n")
                .sql("3_c.sql", "CREATE TABLE c ()");
        if (transaction != Transaction.All) {
            run.sql("4_d.sql", last);
        }
        run.transaction = transaction;
        run.ledgerRules = new RunInput.LedgerRules(List.of(), null, null, "1");

        assertThat(run.apply(database).failures()).isEmpty();

        assertThat(down("1")).isEqualTo("-- +migrate Down\nSELECT 1;\n-- +migrate Down\nSELECT 3;\n");
        assertThat(down("2")).isEqualTo("it's \\ 'é\n\n");
        assertThat(down("3")).isNull();
        if (transaction != Transaction.All) {
            assertThat(down("4")).isEqualTo("-- +goose NO TRANSACTION\n-- +goose Down\nDROP TABLE d;\r\n");
        }
    }

    private String down(String version) {
        return database.query(DOWN + " WHERE version = '" + version + "'");
    }

    @Test
    void oneThatIsTooLongOrUnclearIsNotKeptAndTheLogSaysSo() {
        String mebibyte = "é".repeat(1 << 19);
        RunDirectory run = new RunDirectory(root)
                .sql("1.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\n" + mebibyte)
                .sql("2.sql", "SELECT 2")
                .sql("2.down.sql", mebibyte)
                .sql("3.sql", "SELECT 3")
                .sql("3.down.sql", mebibyte + "x")
                .sql("4.sql", "SELECT 4")
                .sql("4.undo.sql", "SELECT 4")
                .sql("U4__a.sql", "SELECT 4")
                .sql("5.sql", "-- migrate:up\nSELECT 5;\n-- migrate:down\nCREATE ROLE a PASSWORD 'of-nobody';")
                .file("inline", "6.down.sql", new byte[] {'1', -1})
                .sql("6.sql", "SELECT 6")
                .sql("7.down.sql", "SELECT 7");

        assertThat(run.apply(database).failures()).isEmpty();

        assertThat(database.query("SELECT string_agg(version || ' ' || octet_length(down), ' ')"
                        + " FROM dbmigration.migrations WHERE down IS NOT NULL"))
                .isEqualTo("2 1048576");
        assertThat(run.log())
                .contains(
                        "1.sql lines 3 to 4 (a way down; the ledger does not keep it, since it is longer than 1 MiB)",
                        "2.down.sql (a way down)",
                        "3.down.sql (a way down; the ledger does not keep it, since it is longer than 1 MiB)",
                        "4.undo.sql (a way down; the ledger does not keep it, since its migration has more than one)",
                        "U4__a.sql (a way down; the ledger does not keep it, since its migration has more than one)",
                        "5.sql lines 3 to 4 (a way down; the ledger does not keep it, since it holds what looks like",
                        "6.down.sql (a way down; the ledger does not keep it, since it is not UTF-8)",
                        "7.down.sql (a way down of no file here)");
    }

    @Test
    void oneThatIsEditedIsNoOtherMigration() {
        String up = "-- migrate:up\nCREATE TABLE a ();\n";
        RunDirectory run = new RunDirectory(root).sql("1.sql", up + "-- migrate:down\nDROP TABLE a;\n");
        run.apply(database);

        for (String other : List.of(up, up + "-- migrate:down\nDROP TABLE IF EXISTS a;\nSELECT 1;")) {
            Report report = run.sql("1.sql", other).apply(database);

            assertThat(report.summary().alreadyApplied()).as(report.message()).isEqualTo(1);
            assertThat(report.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.message()).contains("reads alike"));
            assertThat(database.query(DOWN)).isEqualTo("-- migrate:down\nDROP TABLE a;\n");
        }
        for (String other : List.of(up + "SELECT 1;\n-- migrate:down\nDROP TABLE a;", up + "DROP TABLE a;")) {
            assertThat(run.sql("1.sql", other).apply(database).reason()).isEqualTo(Reason.ChecksumMismatch);
        }
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
