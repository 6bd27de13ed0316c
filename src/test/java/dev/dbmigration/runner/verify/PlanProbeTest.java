package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.RunInput.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of queries on tables that are large enough for an index to pay. */
class PlanProbeTest {

    private static final String BY_ID = "SELECT kind FROM notes WHERE id = 7";
    private static final String BY_KIND = "SELECT id FROM notes WHERE kind = 3";
    private static final String BY_BODY = "SELECT id FROM notes WHERE body = 5::text";

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "CREATE SCHEMA app",
                "CREATE TABLE notes (id int PRIMARY KEY, kind int, body text)",
                "INSERT INTO notes SELECT n, n % 100, n::text FROM generate_series(1, 10000) AS n",
                "CREATE INDEX notes_kind ON notes (kind)",
                "CREATE INDEX notes_unused ON notes (kind) WHERE body = 'never'",
                "CREATE VIEW recent AS SELECT * FROM notes",
                "CREATE TABLE app.notes (id int)",
                "CREATE TABLE parted (id int, body text) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (5000)",
                "CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (5000) TO (10001)",
                "CREATE INDEX parted_id ON parted (id)",
                "INSERT INTO parted SELECT n, n::text FROM generate_series(1, 10000) AS n",
                "CREATE SEQUENCE counter",
                "CREATE EXTENSION file_fdw",
                "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
                "CREATE FOREIGN TABLE lines (line text) SERVER files OPTIONS (filename '/dev/null')",
                "ANALYZE notes",
                "ANALYZE parted");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Test
    void anIndexIsUsed() throws SQLException {
        CheckResult result = plan(BY_ID, "usesIndex: notes_pkey, noSeqScanOn: [notes], maxCost: 100");

        assertThat(result.result()).isEqualTo(Result.Passed);
        assertThat(result.expected()).isEqualTo("index notes_pkey, no Seq Scan on notes, cost at most 100");
        assertThat(result.observed())
                .matches("index notes_pkey, no Seq Scan on notes, cost \\d+\\.\\d+;"
                        + " plan: cost \\d+\\.\\d+: Index Scan using notes_pkey on notes");
    }

    @Test
    void aBitmapScanUsesItsIndexToo() throws SQLException {
        passes(
                plan("SELECT body FROM notes WHERE kind = 3 AND id > 0 ORDER BY kind", "usesIndex: Notes_Kind"),
                "index notes_kind");
    }

    @Test
    void anotherIndexFails() throws SQLException {
        fails(plan(BY_ID, "usesIndex: notes_unused"), "index notes_unused", "index notes_pkey; plan: cost ");
        fails(plan(BY_BODY, "usesIndex: notes_kind"), "index notes_kind", "no index; plan: cost ");
    }

    @Test
    void anIndexThatIsNotThereIsTold() throws SQLException {
        fails(
                plan(BY_KIND, "usesIndex: notes_kinds"),
                "index notes_kinds",
                "index notes_kind (no index \"notes_kinds\" in search_path public; did you mean \"notes_kind\"?);"
                        + " plan: cost ");
    }

    @Test
    void anInvalidIndexIsTold() throws SQLException {
        database.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'notes_unused'::regclass");

        fails(
                plan(BY_BODY, "usesIndex: notes_unused"),
                "index notes_unused",
                "no index (public.notes_unused is INVALID); plan: cost ");
        database.execute("UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'notes_unused'::regclass");
    }

    @Test
    void aSequentialScanFails() throws SQLException {
        fails(
                plan(BY_BODY, "noSeqScanOn: [parted, public.notes]"),
                "no Seq Scan on parted, public.notes",
                "Seq Scan on notes; plan: cost ");
        passes(plan(BY_BODY, "noSeqScanOn: [app.notes]"), "no Seq Scan on app.notes");
    }

    @Test
    void partitionsCountForTheirParent() throws SQLException {
        passes(plan("SELECT body FROM parted WHERE id = 7", "usesIndex: parted_id"), "index parted_low_id_idx");
        fails(
                plan("SELECT id FROM parted WHERE body = 'x'", "noSeqScanOn: [parted]"),
                "no Seq Scan on parted",
                "Seq Scan on parted_low, parted_high; plan: cost ");
    }

    @Test
    void costIsBounded() throws SQLException {
        CheckResult result = plan(BY_BODY, "maxCost: 1, usesIndex: notes_unused");

        assertThat(result.result()).isEqualTo(Result.Failed);
        assertThat(result.observed()).matches("no index, cost (\\d+\\.\\d+); plan: cost \\1: Seq Scan on notes");
    }

    @Test
    void withAnalyzeWhatWasNotExecutedDoesNotCount() throws SQLException {
        String guarded = "SELECT * FROM notes WHERE (SELECT false) AND id IN (SELECT id FROM parted WHERE body = '1')";

        fails(plan(guarded, "noSeqScanOn: [parted]"), "no Seq Scan on parted", "Seq Scan on parted_low");
        CheckResult ran = plan(guarded, "noSeqScanOn: [parted], analyze: true");
        passes(ran, "no Seq Scan on parted");
        assertThat(ran.observed()).containsPattern("ran in \\d+\\.\\d+ ms, 0 rows: ");
    }

    @Test
    void withoutAnalyzeNothingIsRun() throws SQLException {
        passes(plan("SELECT pg_sleep(3600)", "maxCost: 10"), "cost 0.01");
    }

    @Test
    void analyzeEndsWithTheStatementTimeout() throws SQLException {
        Session session = new Session(null, null, 200L);
        Report report = database.verify(
                session, check("SELECT pg_sleep(3600)", "maxCost: 10, analyze: true"), check(BY_ID, "maxCost: 100"));

        error(
                report.checks().get(0),
                "cost at most 10",
                "SQLSTATE 57014: canceling statement due to statement timeout");
        passes(report.checks().get(1), "cost ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM notes                                                | Delete on notes
            UPDATE notes SET kind = 1                                        | Update on notes
            INSERT INTO notes VALUES (0)                                     | Insert on notes
            WITH d AS (DELETE FROM notes RETURNING 1) SELECT count(*) FROM d | Delete on notes
            """)
    void whatWritesIsRefused(String sql, String told) throws SQLException {
        for (String analyze : List.of("", ", analyze: true")) {
            error(
                    plan(sql, "maxCost: 1000000" + analyze),
                    "cost at most 1000000",
                    "not a query that only reads: " + told);
        }
        assertThat(database.result(Checks.rows("notes", 10_000L, null, null)).result())
                .isEqualTo(Result.Passed);
    }

    @Test
    void aForeignScanOnlyReads() throws SQLException {
        CheckResult result = plan("SELECT * FROM lines", "maxCost: 1000");

        passes(result, "cost ");
        assertThat(result.observed()).endsWith(": Foreign Scan on lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT * INTO copied FROM notes", "CREATE TABLE copied AS SELECT * FROM notes"})
    void whatWouldMakeATableIsRefused(String sql) throws SQLException {
        for (String analyze : List.of("", ", analyze: true")) {
            CheckResult result = plan(sql, "maxCost: 1000000" + analyze);

            assertThat(result.result()).isEqualTo(Result.Error);
            assertThat(result.observed()).startsWith("not a query that only reads: SQLSTATE 42");
        }
    }

    @Test
    void whatAFunctionWritesIsRefusedWhereItIsRun() throws SQLException {
        passes(plan("SELECT nextval('counter')", "maxCost: 10"), "cost ");
        error(
                plan("SELECT nextval('counter')", "maxCost: 10, analyze: true"),
                "cost at most 10",
                "SQLSTATE 25006: cannot execute nextval() in a read-only transaction");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT 1; DELETE FROM notes | 2 statements, where one query is expected
            SELECT * FROM nots          | SQLSTATE 42P01: relation "nots" does not exist (no table "nots" in search_path public; did you mean "notes"?)
            SELECT * FROM app.parted    | SQLSTATE 42P01: relation "app.parted" does not exist (no table "parted" in schema app; there is public.parted)
            SELEC 1                     | SQLSTATE 42601: syntax error at or near "SELEC"
            COMMIT                      | SQLSTATE 42601: syntax error at or near "COMMIT"
            """)
    void whatCannotBePlannedIsAnError(String sql, String told) throws SQLException {
        error(plan(sql, "maxCost: 10"), "cost at most 10", told);
    }

    @Test
    void aTableThatIsNotThereProvesNothing() throws SQLException {
        error(
                plan(BY_ID, "noSeqScanOn: [note]"),
                "no Seq Scan on note",
                "no table \"note\" in search_path public; did you mean \"notes\"?");
        error(
                plan(BY_ID, "noSeqScanOn: [app.note]"),
                "no Seq Scan on app.note",
                "no table \"note\" in schema app; did you mean \"notes\"?");
        error(
                plan(BY_ID, "noSeqScanOn: [recent]"),
                "no Seq Scan on recent",
                "public.recent is a view, which no plan names; name the tables behind it");
    }

    @Test
    void withoutPrivilegeIsAnError() throws SQLException {
        database.execute("DROP ROLE IF EXISTS planner", "CREATE ROLE planner LOGIN");
        try (Connection connection = database.connect("planner")) {
            Report report =
                    new Verifier(connection, Fixture.SESSION).verify(List.of(check(BY_ID, "usesIndex: notes_pkey")));

            error(report.checks().get(0), "index notes_pkey", "SQLSTATE 42501: permission denied for table notes");
        }
        database.execute("DROP ROLE planner");
    }

    @Test
    void withoutAnExpectationItIsRefused() throws SQLException {
        error(plan(BY_ID, "analyze: true"), "a complete check", "set usesIndex, noSeqScanOn or maxCost");
    }

    private static void passes(CheckResult result, String observed) {
        assertThat(result.result()).as(result.observed()).isEqualTo(Result.Passed);
        assertThat(result.observed()).startsWith(observed);
    }

    private static void fails(CheckResult result, String expected, String observed) {
        assertThat(result.result()).as(result.observed()).isEqualTo(Result.Failed);
        assertThat(result.expected()).isEqualTo(expected);
        assertThat(result.observed()).startsWith(observed);
    }

    private static CheckResult plan(String sql, String fields) throws SQLException {
        return database.result(check(sql, fields));
    }

    private static Check check(String sql, String fields) {
        return Checks.of("plan: {sql: \"" + sql.replace("\"", "\\\"") + "\", " + fields + "}");
    }
}
