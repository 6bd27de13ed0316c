package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Checks.query;
import static dev.dbmigration.runner.verify.Checks.rows;
import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput.Session;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryProbeTest {

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "CREATE SEQUENCE notes_seq",
                "CREATE TABLE notes (id int, data jsonb)",
                "INSERT INTO notes VALUES (1, '{\"a\": 1}'), (2, NULL)");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT count(*) FROM notes                          | 2
            SELECT count(*) FROM notes;                         | 2
            SELECT 1 -- ; the end                               | 1
            /* ; */ SELECT 1; -- the end                        | 1
            SELECT ';'                                          | ;
            SELECT $$a;b$$                                      | a;b
            SELECT data ? 'a' FROM notes WHERE id = 1           | true
            SELECT '{d not a date}'                             | {d not a date}
            SELECT 1.50::numeric                                | 1.50
            SELECT 0.1::float8                                  | 0.1
            SELECT 'x'::bytea                                   | \\x78
            SELECT ARRAY[1, 2]                                  | {1,2}
            SELECT '2025-11-19'::timestamp                      | 2025-11-19 00:00:00
            SELECT data FROM notes WHERE id = 1                 | {"a": 1}
            SELECT max(data::text) FROM notes WHERE id = 2      | NULL
            WITH n AS (SELECT 7 AS x) SELECT x FROM n           | 7
            VALUES ('v')                                        | v
            SHOW transaction_read_only                          | on
            """)
    void comparesOneValueAsText(String sql, String value) throws SQLException {
        passed(database.result(query(sql, value)), value);
    }

    @Test
    void anEmptyTextIsNotNull() throws SQLException {
        passed(database.result(query("SELECT ''", "")), "''");
        failed(database.result(query("SELECT NULL", "")), "''", "NULL");
    }

    @Test
    void aBooleanHasTwoSpellings() throws SQLException {
        passed(database.result(query("SELECT 1 = 1", "t")), "t", "true");
        passed(database.result(query("SELECT 1 = 2", "false")), "false");
        failed(database.result(query("SELECT 1 = 2", "t")), "t", "false");
        failed(database.result(query("SELECT 't'::text", "true")), "true", "t");
    }

    @Test
    void anotherValueFails() throws SQLException {
        failed(database.result(query("SELECT count(*) FROM notes", "3")), "3", "2");
        failed(database.result(query("SELECT 'a '", "a")), "a", "a ");
    }

    @Test
    void anotherShapeFails() throws SQLException {
        failed(database.result(query("SELECT id FROM notes WHERE id > 2", "1")), "1", "no rows");
        failed(database.result(query("SELECT id FROM notes ORDER BY id", "1")), "1", "more than one row, the first 1");
        failed(database.result(query("SELECT id, data FROM notes", "1")), "1", "2 columns");
        failed(database.result(query("SELECT FROM notes", "1")), "1", "0 columns");
    }

    @Test
    void ofManyRowsTwoAreRead() throws SQLException {
        String endless = "WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT x FROM n";

        Report report = database.verify(new Session(null, null, 30_000L), query(endless, "1"));

        failed(report.checks().get(0), "1", "more than one row, the first 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 1",
                "COMMIT; DELETE FROM notes",
                "COMMIT; /* a */ DELETE FROM notes /* b */",
                "COMMIT; -- a\rDELETE FROM notes"
            })
    void severalStatementsAreNotBegun(String sql) throws SQLException {
        error(database.result(query(sql, "1")), "1", "2 statements, where one query is expected");
        passed(database.result(rows("notes", 2L, null, null)), "2 rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "-- nothing", "/* ** nothing */ ; -- at all"})
    void nothingIsNoQuery(String sql) throws SQLException {
        error(database.result(query(sql, "1")), "1", "0 statements, where one query is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "SET search_path = pg_catalog", "DO $$ BEGIN END $$"})
    void whatReturnsNothingIsNoQuery(String sql) throws SQLException {
        error(database.result(query(sql, "1")), "1", "not a query: the statement returns no result");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM notes RETURNING 1                                      | DELETE
            WITH d AS (DELETE FROM notes RETURNING 1) SELECT count(*) FROM d   | SELECT
            CREATE TABLE written (id int)                                      | CREATE TABLE
            SELECT nextval('notes_seq')                                        | nextval()
            """)
    void writesAreRefused(String sql, String command) throws SQLException {
        error(
                database.result(query(sql, "1")),
                "1",
                "SQLSTATE 25006: cannot execute " + command + " in a read-only transaction");
        passed(database.result(rows("notes", 2L, null, null)), "2 rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET TRANSACTION READ WRITE", "SELECT set_config('transaction_read_only', 'off', false)"})
    void theTransactionStaysReadOnly(String sql) throws SQLException {
        error(
                database.result(query(sql, "off")),
                "off",
                "SQLSTATE 25001: transaction read-write mode must be set before any query");
    }

    @Test
    void aSyntaxErrorIsAnError() throws SQLException {
        error(database.result(query("SELEC 1", "1")), "1", "SQLSTATE 42601: syntax error at or near \"SELEC\"");
    }

    @Test
    void whatIsCountedIsWhatIsSent() throws SQLException {
        error(
                database.result(query("SELECT {d '2025-11-19'}", "2025-11-19")),
                "2025-11-19",
                "SQLSTATE 42601: syntax error at or near \"{\"");
    }
}
