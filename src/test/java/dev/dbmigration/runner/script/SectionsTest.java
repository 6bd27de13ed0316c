package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.FileOptions.Wrapping;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that other tools' markers divide into a way up and a way down; {@code #} is a line break. */
class SectionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-- migrate:up#SELECT 1;##-- migrate:down#SELECT 2;|SELECT 1|lines 4 to 5",
                "--migrate:up  #SELECT 1#--  migrate:down transaction:false#SELECT ';|SELECT 1|lines 3 to 4",
                "-- migrate:up^#SELECT 1;^#-- migrate:down^#|SELECT 1|line 3",
                "-- migrate:up makes two tables#SELECT 1;|SELECT 1|",
                "-- +goose Up#SELECT 1;#-- +goose Down#SELECT 2;|SELECT 1|lines 3 to 4",
                "--  +goose   up#SELECT 1;#-- +GOOSE DOWN#SELECT 2;|SELECT 1|lines 3 to 4",
                "-- +goose Up#-- +goose StatementBegin#SELECT 1#-- +goose StatementEnd#SELECT 2;|SELECT 1;SELECT 2|",
                "-- +goose Up#SELECT#-- +goose StatementBegin#1;#-- +goose StatementEnd|SELECT#1|",
                "-- +goose Up#SELECT 1;#-- +goose Down#-- +goose StatementBegin#SELECT 2#-- +goose StatementEnd|SELECT 1|lines 3 to 6",
                "-- +migrate Up#SELECT (1#-- +migrate Down#SELECT 2);#-- +migrate Up#SELECT 3;|SELECT (1;SELECT 3|lines 3 to 4",
                "-- +migrate Down#SELECT 2;#-- +migrate Up#SELECT 1;|SELECT 1|lines 1 to 2",
                "-- +migrate Up#-- +migrate StatementBegin#SELECT 1;#-- +migrate StatementEnd|SELECT 1|",
                "-- +migrate Up#-- +migrate Down#SELECT 2;||lines 2 to 3",
                // Comments that only speak of it.
                "-- migrate: copy the rows#SELECT 1;|SELECT 1|",
                "-- to migrate:up#/* -- migrate:down */#SELECT 1;|SELECT 1|",
            })
    void onlyTheWayUpIsRead(String content, String statements, String down) {
        MigrationFile file = read(content);

        assertThat(String.join(
                        ";", file.statements().stream().map(Statement::text).toList()))
                .isEqualTo(statements == null ? "" : breaks(statements));
        assertThat(String.join(", ", file.down().lines())).isEqualTo(down == null ? "" : down);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-- migrate:up#SELECT 1;|",
                "-- migrate:up transaction:false#SELECT 1;|STATEMENT",
                "-- migrate:up transaction:true#SELECT 1;|FILE",
                "-- migrate:up#SELECT 1;#-- migrate:down transaction:false|",
                "-- +goose NO TRANSACTION#-- +goose Up#SELECT 1;|STATEMENT",
                "-- +goose Up#SELECT 1;#-- +goose Down#-- +goose no transaction|STATEMENT",
                "-- +migrate Up notransaction#SELECT 1;|STATEMENT",
                "-- +migrate Up#SELECT 1;#-- +migrate Down notransaction|",
                // What is written for us counts first.
                "-- dbmigration: transaction=file#-- migrate:up transaction:false#SELECT 1;|FILE",
                "-- migrate:up transaction:false#-- dbmigration: transaction=file#SELECT 1;|FILE",
                "-- migrate:up#-- migrate:down#-- dbmigration: transaction=none|",
            })
    void whetherItIsATransactionIsSaidByTheMarker(String content, Wrapping transaction) {
        assertThat(read(content).options().transaction()).isEqualTo(transaction);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-- migrate:up#-- migrate:dwon#SELECT 2;|2|no section marker that is known",
                "-- Migrate:Up#SELECT 1;|1|no section marker that is known",
                "#  -- migrate:up#SELECT 1;|2|no section marker that is known",
                "-- migrate: down#SELECT 1;|1|no section marker that is known",
                "-- migrate:up transactions:false#SELECT 1;|1|no section marker that is known",
                "-- +goose Up#SELECT 1;#-- +goose ENVSUB ON|3|no section marker that is known",
                "-- +goose Up#SELECT 1;#   -- +goose Down#SELECT 2;|3|no section marker that is known",
                "-- +goose Up and away#SELECT 1;|1|no section marker that is known",
                "-- +goose#SELECT 1;|1|no section marker that is known",
                "--+migrate Up#SELECT 1;|1|no section marker that is known",
                "-- +migrate up#SELECT 1;|1|no section marker that is known",
                "-- +migrate Up no transaction#SELECT 1;|1|no section marker that is known",
                "SELECT 1;#-- //@UNDO#SELECT 2;|2|no section marker that is known",
                "SELECT 1;#--//@undo#SELECT 2;|2|no section marker that is known",
                "SELECT 1;#---- create above / drop below ----#SELECT 2;|2|no section marker that is known",
                "-- migrate:up#SELECT 1;#-- +goose Down#SELECT 2;|3|of goose among those of dbmate",
                "-- migrate:up#SELECT 1;#-- migrate:up#SELECT 2;|3|behind another section",
                "-- migrate:up#-- migrate:down#-- migrate:down#SELECT 2;|3|second of its kind",
                "-- migrate:down#SELECT 2;#-- migrate:up#SELECT 1;|1|before the way up",
                "-- +goose Up#-- +goose Down#-- +goose Up#SELECT 1;|3|behind another section",
                "-- +migrate Down#SELECT 2;|1|none begins its way up",
                "-- +goose NO TRANSACTION#SELECT 1;|1|none begins its way up",
                "#SELECT 0;#-- migrate:up#SELECT 1;|2|before the section that line 3 begins",
                "SELECT 0#-- +migrate Up#SELECT 1;|1|before the section that line 2 begins",
                "-- +goose Up#-- +goose StatementBegin#SELECT 1;#-- +goose Down#SELECT 2;|4|that line 2 begins",
                "-- +goose Up#-- +goose StatementBegin#SELECT 1;|2|not ended by StatementEnd",
                "-- +goose Up#SELECT 1;#-- +goose StatementEnd|3|ends no statement",
            })
    void whatIsNotUnderstoodIsRefusedWithItsLine(String content, int line, String why) {
        Failure failure = refusal(content);

        assertThat(failure.reason()).isEqualTo(Reason.UnsupportedFeature);
        assertThat(failure.file()).isEqualTo("f.sql");
        assertThat(failure.line()).isEqualTo(line);
        assertThat(failure.message()).contains(why);
        assertThat(failure.hint()).contains("what is understood: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- +goose Up#SELECT '#-- +goose Down#';",
                "-- migrate:up#SELECT $$#-- migrate:down#$$;",
                "-- +migrate Up#/*#-- +migrate StatementBegin#*/"
            })
    void aMarkerWithinAQuoteIsNeitherTakenForOneNorForText(String content) {
        Failure failure = refusal(content);

        assertThat(failure.reason()).isEqualTo(Reason.SyntaxError);
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.message()).endsWith("is not closed before the section marker in line 3");
    }

    @Test
    void linesAreThoseOfTheWholeFile() {
        MigrationFile file = read("-- +migrate Up#SELECT 1;#-- +migrate Down#SELECT 2;##-- +migrate Up##SELECT#3, x;");

        assertThat(file.statements())
                .extracting(Statement::ordinal, Statement::line)
                .containsExactly(tuple(1, 2), tuple(2, 8));
        assertThat(file.statements().get(1).lineAt(11)).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-- migrate:up#SELECT 1;#-- migrate:down#SELECT 3;|true",
                "-- migrate:up#SELECT 1;|true",
                "-- migrate:up #SELECT 1;#-- migrate:down#/* ;|true",
                "-- migrate:up#SELECT 2;#-- migrate:down#SELECT 2;|false",
                "-- migrate:up#SELECT 1;#SELECT 2;|false"
            })
    void itReadsAsItsWayUpDoes(String content, boolean alike) {
        Sums applied = read("-- migrate:up#SELECT 1;#-- migrate:down#SELECT 2;").sums();
        Sums now = read(content).sums();

        assertThat(now.text().equals(applied.text())).isEqualTo(alike);
        assertThat(now.bytes()).isNotEqualTo(applied.bytes());
    }

    private static String breaks(String text) {
        return text.replace('#', '\n').replace('^', '\r');
    }

    private static MigrationFile read(String content) {
        return FileText.read(breaks(content).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static Failure refusal(String content) {
        RunFailed failed = catchThrowableOfType(RunFailed.class, () -> read(content));
        assertThat(failed).isNotNull();
        return failed.failures().get(0);
    }
}
