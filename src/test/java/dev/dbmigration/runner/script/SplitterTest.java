package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT 'it''s; fine'",
                "SELECT 'a\\'",
                "SELECT E'a\\';b'",
                "SELECT e'\\\\'",
                "SELECT E'a'\n'\\';'",
                "SELECT U&'\\0041;'",
                "SELECT B'1', X'F', N';'",
                "SELECT \"a;\"\"b\"",
                "SELECT U&\"d;\\0061t\"",
                "SELECT $$;$$",
                "SELECT $a$ $b$ ; $$ ; $a$",
                "SELECT $ä1$;$ä1$",
                "SELECT a$1, b$$c",
                "SELECT $1",
                "SELECT 1 /* ; /* ; */ ; */",
                "SELECT 1 -- ; '\n + 1",
                "SELECT (1; 2)",
                "SELECT 1e5, 0x1F, 1_000, .5",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
                "create or replace procedure p() begin atomic select case when true then 1 end; select 2; end",
                "SELECT a->>'b', c ? 'd', e::text, '{x}'"
            })
    void oneStatementStaysOne(String sql) {
        assertThat(Splitter.split("f.sql", sql + ";\nSELECT 'next'"))
                .extracting(Statement::text)
                .containsExactly(withoutTrailingComment(sql), "SELECT 'next'");
    }

    private static String withoutTrailingComment(String sql) {
        return sql.endsWith("*/") ? "SELECT 1" : sql;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a\\'; SELECT 2",
                "SELECT E'a\\\\'; SELECT 2",
                "SELECT a$$; SELECT 2",
                "SELECT $1$; SELECT 2",
                "SELECT 1 /* /* */ */; SELECT 2",
                "SELECT 1) ; SELECT 2",
                "CREATE TABLE begin_here (a int); SELECT 2",
                "ALTER FUNCTION f() RENAME TO begin; SELECT 2",
                "SELECT 1 -- ; comment\r\n; SELECT 2",
                ";; SELECT 1;;\n; SELECT 2 ;;"
            })
    void twoStatementsAreTwo(String sql) {
        assertThat(Splitter.split("f.sql", sql))
                .hasSize(2)
                .last()
                .satisfies(s -> assertThat(s.text()).isEqualTo("SELECT 2"));
    }

    @Test
    void knowsOrdinalLineAndKeyword() {
        List<Statement> statements =
                Splitter.split("f.sql", "-- head\r\n\r\nselect 1; /* a\nb */ UPDATE t\nSET n = 1;\n(SELECT 3)");

        assertThat(statements)
                .containsExactly(
                        new Statement(1, 3, "SELECT", StatementKind.ORDINARY, "select 1"),
                        new Statement(2, 4, "UPDATE", StatementKind.ORDINARY, "UPDATE t\nSET n = 1"),
                        new Statement(3, 6, "", StatementKind.ORDINARY, "(SELECT 3)"));
    }

    @Test
    void aPositionCountsCharactersNotCodeUnits() {
        Statement statement =
                Splitter.split("f.sql", "\n\nSELECT '😀😀😀'\n, x").get(0);

        assertThat(statement.lineAt(14)).isEqualTo(4);
        assertThat(statement.lineAt(13)).isEqualTo(3);
        assertThat(statement.lineAt(1_000)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a|string",
                "E'a\\'|string",
                "\"a|quoted name",
                "$t$ $$ $T$|dollar quote $t$",
                "/* /* */|comment",
            })
    void whatIsNeverClosedIsNamedWithTheLineWhereItOpened(String open, String what) {
        RunFailed failed = refused("SELECT 1;\nSELECT\n" + open + "\n;\nSELECT 2;");

        assertThat(failed.reason()).isEqualTo(Reason.SyntaxError);
        assertThat(failed.failures().get(0).line()).isEqualTo(3);
        assertThat(failed.getMessage()).isEqualTo("the " + what + " opened here is never closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARE p AS SELECT 1",
                "SELECT 'COMMIT'",
                "\"commit\"",
                "DO $$ BEGIN NULL; END $$",
                "SET TRANSACTION READ ONLY",
                "SET client_encoding = 'UTF8'",
                "SET CLIENT_ENCODING TO utf8",
                "SET datestyle = 'ISO, DMY'",
                "SET datestyle TO DEFAULT",
                "SET search_path = names",
                "COPY a FROM '/stdin'",
                "COPY (SELECT 1) TO PROGRAM 'x'"
            })
    void whatOnlyLooksLikeItIsNot(String sql) {
        assertThat(Splitter.split("f.sql", sql)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy a (b) from stdin with (format csv)",
                "COPY a FROM STDIN",
                "COPY (SELECT 1) TO STDOUT",
                "\\restrict abc",
                "SET client_encoding = 'LATIN1'",
                "set names 'SQL_ASCII'",
                "SET LOCAL datestyle TO 'German'",
                "SELECT 1 \\gexec",
                "SELECT 1\\; SELECT 2"
            })
    void whatOnlyPsqlUnderstandsIsRefused(String sql) {
        RunFailed failed = refused("\n" + sql + ";\nit's data");

        assertThat(failed.reason()).isEqualTo(Reason.UnsupportedFeature);
        assertThat(failed.failures().get(0).line()).isEqualTo(2);
        assertThat(failed.failures().get(0).hint()).isNotBlank();
    }

    private static RunFailed refused(String sql) {
        RunFailed failed = catchThrowableOfType(RunFailed.class, () -> Splitter.split("f.sql", sql));
        assertThat(failed).isNotNull();
        assertThat(failed.failures().get(0).file()).isEqualTo("f.sql");
        return failed;
    }
}
