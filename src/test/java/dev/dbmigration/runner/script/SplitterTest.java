package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

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
        assertThat(FileText.split(sql + ";\nSELECT 'next'"))
                .extracting(Statement::text)
                .containsExactly(sql, "SELECT 'next'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // A string that is continued on another line begins anew to psql; to the server it goes on.
                "SELECT E'a'#'\\';SELECT 2|SELECT E'a'#'\\'",
                "SELECT E'a'^'\\';SELECT 2';|SELECT E'a'^'\\';SELECT 2'",
                "SELECT E'a' -- b^'\\';SELECT 2';|SELECT E'a' -- b^'\\';SELECT 2'",
                // What stands right behind a number belongs to it.
                "SELECT 1e'\\';SELECT 2|SELECT 1e'\\'",
                "SELECT 1e+e'\\';SELECT 2';|SELECT 1e+e'\\';SELECT 2'",
                "SELECT 1e--2;SELECT 2|SELECT 1e--2",
                "SELECT 1a$$;SELECT 2|SELECT 1a$$",
                "SELECT 1$$;$$;|SELECT 1$$;$$",
                "SELECT $1a$$;SELECT 2|SELECT $1a$$",
                "SELECT 1..e'\\';SELECT 2';|SELECT 1..e'\\';SELECT 2'",
                "SELECT B'1''\\';SELECT 2|SELECT B'1''\\'",
                "SELECT u&'\\';SELECT 2|SELECT u&'\\'",
                "SELECT 1 =--;#;|SELECT 1 =--;#",
                "CREATE FUNCTION f() BEGIN ATOMIC SELECT (1;#);END;|CREATE FUNCTION f() BEGIN ATOMIC SELECT (1;#);END",
                // Empty lines are left out, but not from quotes.
                "SELECT 1,##2;|SELECT 1,#2",
                "SELECT '##', $$##$$, /*##*/ 1;|SELECT '##', $$##$$, /*##*/ 1",
                "SELECT 1\\:b;|SELECT 1:b",
            })
    void quirksOfPsqlsAreOurs(String content, String first) {
        assertThat(FileText.split(breaks(content)).get(0).text()).isEqualTo(breaks(first));
    }

    private static String breaks(String text) {
        return text.replace('#', '\n').replace('^', '\r');
    }

    @Test
    void aByteOrderMarkAndWindowsLineBreaksAreNoPartOfAStatement() {
        assertThat(FileText.split("\uFEFFSELECT 1;\r\nSELECT\r\n2;\r\n"))
                .extracting(Statement::text)
                .containsExactly("SELECT 1", "SELECT\r\n2");
    }

    @Test
    void standardConformingStringsIsFollowedFromTheNextLineOn() {
        List<Statement> statements = FileText.split("""
                SELECT 'a\\';
                SET standard_conforming_strings = off; SELECT 'b\\';
                SELECT 'c\\';';
                SET LOCAL standard_conforming_strings TO on;
                SELECT 'd\\';
                SELECT pg_catalog.set_config('standard_conforming_strings', 'off', false);
                SELECT 'e\\';', 'f';
                RESET ALL;
                SELECT 'plain';
                """);

        assertThat(statements)
                .extracting(Statement::text, Statement::standardStrings)
                .contains(
                        tuple("SELECT 'a\\'", true),
                        tuple("SELECT 'b\\'", true),
                        tuple("SELECT 'c\\';'", false),
                        tuple("SELECT 'd\\'", true),
                        tuple("SELECT 'e\\';', 'f'", false),
                        tuple("SELECT 'plain'", null))
                .hasSize(10);
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
        assertThat(FileText.split(sql))
                .hasSize(2)
                .last()
                .satisfies(s -> assertThat(s.text()).startsWith("SELECT 2"));
    }

    @Test
    void knowsOrdinalLineAndKeyword() {
        List<Statement> statements =
                FileText.split("-- head\r\n\r\nselect 1; /* a\nb */ UPDATE t\nSET n = 1;\n(SELECT 3)");

        assertThat(statements)
                .extracting(Statement::ordinal, Statement::line, Statement::keyword, Statement::text)
                .containsExactly(
                        tuple(1, 3, "SELECT", "select 1"),
                        tuple(2, 4, "UPDATE", "UPDATE t\nSET n = 1"),
                        tuple(3, 6, "", "(SELECT 3)"));
    }

    @Test
    void aPositionCountsCharactersNotCodeUnits() {
        Statement statement = FileText.split("\n\nSELECT '😀😀😀'\n, x").get(0);

        assertThat(statement.lineAt(14)).isEqualTo(4);
        assertThat(statement.lineAt(13)).isEqualTo(3);
        assertThat(statement.lineAt(1_000)).isEqualTo(4);
    }

    @Test
    void aPositionIsFoundThoughEmptyLinesAreLeftOut() {
        Statement statement = FileText.split("SELECT 1,\n\n\n  2,\n\n  x").get(0);

        assertThat(statement.text()).isEqualTo("SELECT 1,\n  2,\n  x");
        assertThat(statement.lineAt(9)).isEqualTo(1);
        assertThat(statement.lineAt(13)).isEqualTo(4);
        assertThat(statement.lineAt(18)).isEqualTo(6);
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
        assertThat(FileText.split(sql)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy a (b) from stdin with (format binary)",
                "COPY BINARY a FROM STDIN",
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
        RunFailed failed = catchThrowableOfType(RunFailed.class, () -> FileText.split(sql));
        assertThat(failed).isNotNull();
        assertThat(failed.failures().get(0).file()).isEqualTo("f.sql");
        return failed;
    }
}
