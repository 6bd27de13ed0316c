package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;

import dev.dbmigration.report.Report;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the columns of one database. */
class ValueProbesTest {

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "CREATE TYPE mood AS ENUM ('low', 'fair', 'high')",
                "CREATE DOMAIN small AS int CHECK (VALUE < 100)",
                """
                CREATE TABLE people (
                  id int, email text, "Nick" varchar(9), amount numeric(12,2), price float8, cash money, letters char(3),
                  born date, seen timestamptz, mood mood, score small)""",
                """
                INSERT INTO people VALUES
                  (1, 'a@x', 'ann', 10.50, 0.5, 1, 'abc', '1990-01-01', '2025-01-01Z', 'low', 1),
                  (2, 'b@x', 'bob', 20, 0.25, 2, 'abd', '2000-01-01', '2025-02-01Z', 'fair', 50),
                  (3, 'b@x', NULL, -0.5, 'NaN', 3, 'b', '2010-01-01', '2025-03-01Z', 'high', 99),
                  (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""",
                "CREATE TABLE many AS SELECT n, CASE WHEN n <= 29999 THEN n END AS v FROM generate_series(1, 30000) n",
                "CREATE TABLE empty (a int, b text)",
                "CREATE TABLE pairs AS SELECT * FROM (VALUES (1, 1), (1, 2), (1, 2), (2, NULL), (2, NULL)) p (a, b)");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sum: {table: people, column: amount, equals: "30"}                 | sum 30                         | sum 30.00
            sum: {table: people, column: ID, min: "10", max: "10.0"}           | sum at least 10, at most 10.0  | sum 10
            sum: {table: empty, column: a, equals: "0"}                        | sum 0                          | sum 0 (no values)
            unique: {table: people, columns: [id]}                             | all rows: id unique            | all of 4 rows
            unique: {table: people, columns: [Nick]}                             | all rows: Nick unique          | all of 4 rows
            unique: {table: people, columns: [email, id]}                      | all rows: email, id unique     | all of 4 rows
            unique: {table: empty, columns: [a]}                               | all rows: a unique             | all of 0 rows
            notNull: {table: people, column: id}                               | all rows: id is not NULL       | all of 4 rows
            notNull: {table: people, column: email, minShare: 75%}             | at least 75% of rows: email is not NULL | 3 of 4 rows (75%); 1 NULL
            notNull: {table: many, column: v, minShare: 99.99%}                | at least 99.99% of rows: v is not NULL  | 29999 of 30000 rows (99.99%); 1 NULL
            notNull: {table: empty, column: a}                                 | all rows: a is not NULL        | all of 0 rows
            range: {table: people, column: id, min: "1", max: "4"}             | all rows: id at least 1, at most 4 | all of 4 rows
            range: {table: people, column: mood, min: low, max: high}          | all rows: mood at least low, at most high | all of 4 rows
            range: {table: people, column: letters, max: b}                    | all rows: letters at most b    | all of 4 rows
            range: {table: people, column: seen, min: "2025-01-01Z"}           | all rows: seen at least 2025-01-01Z | all of 4 rows
            range: {table: people, column: score, max: "1000"}                 | all rows: score at most 1000   | all of 4 rows
            range: {table: people, column: amount, max: "20.004"}              | all rows: amount at most 20.004 | all of 4 rows
            regex: {table: people, column: email, pattern: "@"}                | all rows: email matches @      | all of 4 rows
            regex: {table: people, column: born, pattern: '^\\d{4}-01-01$'}     | all rows: born matches ^\\d{4}-01-01$ | all of 4 rows
            regex: {table: people, column: email, pattern: ^b, minShare: 75%}  | at least 75% of rows: email matches ^b | 3 of 4 rows (75%); 1 not matching
            query: {sql: SELECT FROM people WHERE id > 9, noRows: true}        | no rows                        | no rows
            query: {sql: SELECT 1, noRows: false}                              | at least one row               | one row (1)
            query: {sql: SELECT id FROM people WHERE id > 9, rows: []}         | no rows                        | no rows
            query: {sql: "SELECT id, id = 1, email FROM people WHERE id <> 2 ORDER BY id", rows: [["1", t, a@x], ["3", "false", b@x], ["4", f, "NULL"]]} | 3 rows (1, t, a@x), (3, false, b@x), (4, f, NULL) | 3 rows (1, true, a@x), (3, false, b@x), (4, false, NULL)
            """)
    void areAsExpected(String check, String expected, String observed) throws SQLException {
        passed(database.result(Checks.of(check)), expected, observed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sum: {table: people, column: amount, equals: "30.01"}              | sum 30.01                      | sum 30.00
            sum: {table: people, column: amount, min: "30.01"}                 | sum at least 30.01             | sum 30.00
            sum: {table: people, column: amount, max: "29"}                    | sum at most 29                 | sum 30.00
            sum: {table: people, column: price, min: "0"}                      | sum at least 0                 | sum NaN
            unique: {table: people, columns: [email]}                          | all rows: email unique         | 2 of 4 rows (50%); 2 rows share 1 value
            unique: {table: pairs, columns: [a, b]}                            | all rows: a, b unique          | 3 of 5 rows (60%); 2 rows share 1 value
            unique: {table: pairs, columns: [a], minShare: 1%}                 | at least 1% of rows: a unique  | 0 of 5 rows (0%); 5 rows share 2 values
            notNull: {table: people, column: email, minShare: 75.01%}          | at least 75.01% of rows: email is not NULL | 3 of 4 rows (75%); 1 NULL
            notNull: {table: many, column: v}                                  | all rows: v is not NULL        | 29999 of 30000 rows (99.99%); 1 NULL
            notNull: {table: many, column: v, minShare: 99.9967%}              | at least 99.9967% of rows: v is not NULL | 29999 of 30000 rows (99.9966%); 1 NULL
            range: {table: people, column: id, min: "2", max: "3"}             | all rows: id at least 2, at most 3 | 2 of 4 rows (50%); 1 below 2, 1 above 3
            range: {table: people, column: price, max: "1"}                    | all rows: price at most 1      | 3 of 4 rows (75%); 1 above 1
            range: {table: people, column: mood, max: fair}                    | all rows: mood at most fair    | 3 of 4 rows (75%); 1 above fair
            regex: {table: people, column: email, pattern: ^a}                 | all rows: email matches ^a     | 2 of 4 rows (50%); 2 not matching
            query: {sql: SELECT email FROM people WHERE id < 3, noRows: true}  | no rows                        | more than one row, the first (a@x)
            query: {sql: "SELECT 1, ''", noRows: true}                         | no rows                        | one row (1, '')
            query: {sql: SELECT 1 WHERE false, noRows: false}                  | at least one row               | no rows
            query: {sql: "VALUES (1), (2)", rows: [["1"]]}                     | 1 row (1)                      | more than that, the next row (2)
            query: {sql: "VALUES (1), (2)", rows: [["1"], ["2"], ["3"]]}       | 3 rows (1), (2), (3)           | 2 rows, without (3)
            query: {sql: "VALUES (1, 'a')", rows: [["1"]]}                     | row 1 (1)                      | row 1 (1, a)
            query: {sql: "VALUES (1)", rows: [["1", "2"]]}                     | row 1 (1, 2)                   | row 1 (1)
            query: {sql: "VALUES (2), (1)", rows: [["1"], ["2"]]}              | row 1 (1)                      | row 1 (2)
            """)
    void mayBeOtherwise(String check, String expected, String observed) throws SQLException {
        failed(database.result(Checks.of(check)), expected, observed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sum: {table: poeple, column: id, equals: "1"}             | sum 1                          | no table "poeple" in search_path public; did you mean "people"?
            sum: {table: people, column: amout, equals: "1"}          | sum 1                          | no column "amout" in table public.people; did you mean "amount"?
            sum: {table: people, column: cash, equals: "6"}           | sum 6                          | the sum is no number; compare it with query
            sum: {table: people, column: email, equals: "6"}          | sum 6                          | SQLSTATE 42883: function pg_catalog.sum(text) does not exist
            sum: {table: people, column: id}                          | a complete check               | set equals, min or max
            unique: {table: people, columns: [id, mail]}              | all rows: id, mail unique      | no column "mail" in table public.people; did you mean "email"?
            notNull: {table: lost, column: id}                        | all rows: id is not NULL       | no table "lost" in search_path public
            range: {table: people, column: id}                        | a complete check               | set min or max
            range: {table: people, column: id, min: few}              | all rows: id at least few      | SQLSTATE 22P02: invalid input syntax for type integer: "…"
            range: {table: people, column: mood, min: sad}            | all rows: mood at least sad    | SQLSTATE 22P02: invalid input value for enum mood: "…"
            regex: {table: people, column: email, pattern: "("}       | all rows: email matches (      | SQLSTATE 2201B: invalid regular expression: parentheses () not balanced
            query: {sql: SELECT 1}                                    | a complete check               | set exactly one of equals, noRows and rows
            query: {sql: DELETE FROM people, noRows: true}            | no rows                        | SQLSTATE 25006: cannot execute DELETE in a read-only transaction
            """)
    void mayNotBeKnown(String check, String expected, String observed) throws SQLException {
        error(database.result(Checks.of(check)), expected, observed);
    }

    @Test
    void anEndlessResultIsNotReadToItsEnd() throws SQLException {
        String endless = "WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT x FROM n";

        failed(
                database.result(Checks.of("query: {sql: '" + endless + "', rows: [['1'], ['2']]}")),
                "2 rows (1), (2)",
                "more than that, the next row (3)");
    }

    @Test
    void whatTheRoleMayNotSeeIsAnError() throws SQLException {
        database.execute(
                "DROP ROLE IF EXISTS clerk",
                "CREATE ROLE clerk LOGIN",
                "CREATE TABLE secured AS SELECT n AS a FROM generate_series(1, 3) n",
                "GRANT SELECT ON secured TO clerk",
                "ALTER TABLE secured ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY one ON secured USING (a = 1)");
        String hidden = "SQLSTATE 42501: query would be affected by row-level security policy for table \"secured\"";

        try (Connection connection = database.connect("clerk")) {
            Report report = new Verifier(connection, Fixture.SESSION)
                    .verify(List.of(
                            Checks.of("sum: {table: secured, column: a, equals: '1'}"),
                            Checks.of("unique: {table: secured, columns: [a]}"),
                            Checks.of("notNull: {table: secured, column: a}"),
                            Checks.of("range: {table: secured, column: a, max: '1'}"),
                            Checks.of("regex: {table: secured, column: a, pattern: '1'}"),
                            Checks.of("query: {sql: SELECT FROM secured WHERE a > 1, noRows: true}"),
                            Checks.of("sum: {table: people, column: id, equals: '10'}"),
                            Checks.of("table: {name: secured, rowSecurity: true}")));

            report.checks().subList(0, 6).forEach(check -> error(check, check.expected(), hidden));
            error(report.checks().get(6), "sum 10", "SQLSTATE 42501: permission denied for table people");
            passed(report.checks().get(7), "row security on");
        }
        database.execute("DROP OWNED BY clerk", "DROP ROLE clerk");
    }
}
