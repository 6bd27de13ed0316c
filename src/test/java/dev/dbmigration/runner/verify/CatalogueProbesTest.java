package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Checks.index;
import static dev.dbmigration.runner.verify.Checks.labels;
import static dev.dbmigration.runner.verify.Checks.noInvalidIndexes;
import static dev.dbmigration.runner.verify.Checks.rows;
import static dev.dbmigration.runner.verify.Checks.table;
import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables, enum types, indexes and row counts of one database. */
class CatalogueProbesTest {

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "CREATE SCHEMA app",
                "CREATE SCHEMA \"Mixed\"",
                "CREATE TABLE clinical_notes (id int, \"noteType\" text, \"appointmentId\" text, email text, extra int)",
                "INSERT INTO clinical_notes (id, email) VALUES (1, 'a'), (2, 'a'), (3, 'b')",
                "CREATE TABLE empty (id int)",
                "CREATE TABLE \"Case\" (id int)",
                "CREATE TABLE \"case\" (id int)",
                "INSERT INTO \"case\" VALUES (1)",
                "CREATE TABLE \"odd \"\"name\" (id int)",
                "CREATE TABLE app.tasks (id int)",
                "CREATE TABLE \"Mixed\".tasks (id int)",
                "CREATE TABLE app.clinical_notes (id int)",
                "CREATE VIEW a_view AS SELECT 1",
                "CREATE MATERIALIZED VIEW unfilled AS SELECT 1 WITH NO DATA",
                "CREATE TABLE parted (id int) PARTITION BY LIST (id)",
                "CREATE SEQUENCE a_sequence",
                "CREATE TYPE status AS ENUM ('draft', 'final')",
                "ALTER TYPE status ADD VALUE 'review' BEFORE 'final'",
                "CREATE TYPE \"NoteKind\" AS ENUM ('a, b', '')",
                "CREATE TYPE app.mood AS ENUM ('ok')",
                "CREATE TYPE pair AS (a int, b int)",
                "CREATE UNIQUE INDEX one_per_visit ON clinical_notes (\"appointmentId\", \"noteType\") INCLUDE (extra)",
                "CREATE INDEX \"byEmail\" ON clinical_notes (lower(email), id DESC)",
                "CREATE INDEX ON app.tasks (id)");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @AfterEach
    void usualSearchPath() throws SQLException {
        database.usualSearchPath();
    }

    @Nested
    class Tables {

        @ParameterizedTest
        @CsvSource({
            "clinical_notes, public.clinical_notes",
            "CLINICAL_NOTES, public.clinical_notes",
            "Case, public.Case",
            "case, public.case",
            "a_view, public.a_view",
            "unfilled, public.unfilled",
            "parted, public.parted"
        })
        void isPresent(String name, String found) throws SQLException {
            passed(database.result(table(null, name, null)), "present", "table " + found);
        }

        @Test
        void isInItsSchema() throws SQLException {
            passed(database.result(table("app", "clinical_notes", true)), "present", "table app.clinical_notes");
            passed(database.result(table("APP", "tasks", true)), "present", "table app.tasks");
            passed(database.result(table("Mixed", "tasks", true)), "present", "table Mixed.tasks");
        }

        @Test
        void theSearchPathDecidesInItsOrder() throws SQLException {
            Check check = table(null, "clinical_notes", null);

            database.searchPath("app, public");
            Report report = database.verify(check);

            passed(report.checks().get(0), "present", "table app.clinical_notes");
        }

        @Test
        void isAbsent() throws SQLException {
            passed(
                    database.result(table(null, "clinical_note", false)),
                    "absent",
                    "no table \"clinical_note\" in search_path public");
            passed(
                    database.result(table("lost", "clinical_notes", false)),
                    "absent",
                    "no table \"clinical_notes\": no schema \"lost\"");
            failed(database.result(table(null, "clinical_notes", false)), "absent", "table public.clinical_notes");
        }

        @Test
        void isMissing() throws SQLException {
            failed(
                    database.result(table(null, "ClinicalNote", null)),
                    "present",
                    "no table \"ClinicalNote\" in search_path public; did you mean \"clinical_notes\"?");
            failed(
                    database.result(table(null, "tasks", null)),
                    "present",
                    "no table \"tasks\" in search_path public; there is Mixed.tasks");
            failed(
                    database.result(table(null, "a_sequence", null)),
                    "present",
                    "no table \"a_sequence\" in search_path public");
        }
    }

    @Nested
    class Enums {

        @Test
        void hasTheLabelsInOrder() throws SQLException {
            passed(database.result(labels(null, "status", "draft", "review", "final")), "labels draft, review, final");
            passed(database.result(labels(null, "STATUS", "draft", "review", "final")), "labels draft, review, final");
            passed(database.result(labels(null, "NoteKind", "a, b", "")), "labels 'a, b', ''");
            passed(database.result(labels("app", "mood", "ok")), "labels ok");
        }

        @Test
        void saysWhichLabelsDiffer() throws SQLException {
            failed(
                    database.result(labels(null, "status", "draft", "review", "final", "archived")),
                    "labels draft, review, final, archived",
                    "missing archived: labels draft, review, final");
            failed(
                    database.result(labels(null, "status", "draft", "final")),
                    "labels draft, final",
                    "not expected review: labels draft, review, final");
            failed(
                    database.result(labels(null, "status", "draft", "final", "review")),
                    "labels draft, final, review",
                    "another order: labels draft, review, final");
            failed(
                    database.result(labels(null, "status", "Draft", "review", "final")),
                    "labels Draft, review, final",
                    "missing Draft, not expected draft: labels draft, review, final");
        }

        @Test
        void isMissing() throws SQLException {
            failed(
                    database.result(labels(null, "notekind", "a")),
                    "labels a",
                    "no enum type \"notekind\" in search_path public; did you mean \"NoteKind\"?");
            failed(
                    database.result(labels(null, "mood", "ok")),
                    "labels ok",
                    "no enum type \"mood\" in search_path public; there is app.mood");
            failed(database.result(labels("app", "pair", "ok")), "labels ok", "no enum type \"pair\" in schema app");
        }
    }

    @Nested
    class Indexes {

        private static final List<String> COLUMNS = List.of("appointmentId", "noteType");

        @Test
        void isAsExpected() throws SQLException {
            passed(
                    database.result(of("one_per_visit", "clinical_notes", COLUMNS, true, true)),
                    "on clinical_notes, columns appointmentId, noteType, unique, valid");
            passed(
                    database.result(of("byEmail", null, List.of("LOWER(email)", "ID"), null, null)),
                    "columns LOWER(email), ID",
                    "columns lower(email), id");
            passed(
                    database.result(of("One_Per_Visit", null, null, null, null)),
                    "present",
                    "index public.one_per_visit");
        }

        @Test
        void eachAttributeMayDiffer() throws SQLException {
            failed(database.result(of("one_per_visit", "notes", null, null, null)), "on notes", "on clinical_notes");
            failed(database.result(of("byEmail", null, null, true, null)), "unique", "not unique");
            failed(database.result(of("one_per_visit", null, null, false, null)), "not unique", "unique");
            failed(database.result(of("one_per_visit", null, null, null, false)), "INVALID", "valid");
        }

        @ParameterizedTest
        @ValueSource(strings = {"noteType,appointmentId", "appointmentId", "appointmentId,noteType,extra", "a,b"})
        void columnsMayDiffer(String columns) throws SQLException {
            List<String> wanted = List.of(columns.split(","));

            failed(
                    database.result(of("one_per_visit", null, wanted, null, null)),
                    "columns " + String.join(", ", wanted),
                    "columns appointmentId, noteType");
        }

        @Test
        void isAbsentOrMissing() throws SQLException {
            passed(
                    database.result(index(null, "old", false, null, null, null, null)),
                    "absent",
                    "no index \"old\" in search_path public");
            failed(
                    database.result(index(null, "byEmail", false, null, null, true, null)),
                    "absent",
                    "index public.byEmail");
            failed(
                    database.result(of("by_email", null, null, true, null)),
                    "unique",
                    "no index \"by_email\" in search_path public; did you mean \"byEmail\"?");
            failed(
                    database.result(index("app", "byEmail", null, null, null, null, true)),
                    "valid",
                    "no index \"byEmail\" in schema app; there is public.byEmail");
        }

        private Check of(String name, String table, List<String> columns, Boolean unique, Boolean valid) {
            return index(null, name, null, table, columns, unique, valid);
        }
    }

    @Nested
    class InvalidIndexes {

        @Test
        void areNamed() throws SQLException {
            try (Fixture broken = new Fixture(
                    "CREATE SCHEMA app", "CREATE TABLE app.tasks (id int)", "INSERT INTO app.tasks VALUES (1), (1)")) {
                passed(broken.result(noInvalidIndexes(null)), "no invalid index", "none");
                failing(broken, "one_task");

                failed(broken.result(noInvalidIndexes(null)), "no invalid index", "1 invalid: app.one_task on tasks");
                failed(
                        broken.result(noInvalidIndexes("APP")),
                        "no invalid index in schema APP",
                        "1 invalid: app.one_task on tasks");
                passed(broken.result(noInvalidIndexes("public")), "no invalid index in schema public", "none");
                failed(
                        broken.result(index("app", "one_task", null, null, null, true, true)),
                        "unique, valid",
                        "unique, INVALID");
            }
        }

        @Test
        void areBounded() throws SQLException {
            try (Fixture broken = new Fixture(
                    "CREATE SCHEMA app", "CREATE TABLE app.tasks (id int)", "INSERT INTO app.tasks VALUES (1), (1)")) {
                for (int i = 1; i <= 7; i++) {
                    failing(broken, "i" + i);
                }

                failed(
                        broken.result(noInvalidIndexes(null)),
                        "no invalid index",
                        "7 invalid: app.i1 on tasks, app.i2 on tasks, app.i3 on tasks, app.i4 on tasks, app.i5 on tasks"
                                + " and 2 more");
            }
        }

        @Test
        void ofASchemaThatIsNotThereNothingIsProved() throws SQLException {
            error(database.result(noInvalidIndexes("lost")), "no invalid index in schema lost", "no schema \"lost\"");
        }

        private void failing(Fixture broken, String name) {
            assertThatThrownBy(() -> broken.execute("CREATE UNIQUE INDEX CONCURRENTLY " + name + " ON app.tasks (id)"))
                    .hasMessageContaining("could not create unique index");
        }
    }

    @Nested
    class RowCounts {

        @Test
        void isWithinItsBounds() throws SQLException {
            passed(database.result(rows("clinical_notes", 3L, null, null)), "3 rows");
            passed(database.result(rows("empty", 0L, null, null)), "0 rows");
            passed(database.result(rows("clinical_notes", null, 3L, 3L)), "at least 3 rows, at most 3 rows", "3 rows");
            passed(database.result(rows("case", 1L, null, null)), "1 row");
            passed(database.result(rows("Case", 0L, null, null)), "0 rows");
            passed(database.result(rows("odd \"name", 0L, null, null)), "0 rows");
            passed(database.result(rows("app", "clinical_notes", 0L, null, null)), "0 rows");
        }

        @Test
        void eachBoundMayBeMissed() throws SQLException {
            failed(database.result(rows("clinical_notes", 4L, null, null)), "4 rows", "3 rows");
            failed(database.result(rows("clinical_notes", null, 4L, null)), "at least 4 rows", "3 rows");
            failed(database.result(rows("clinical_notes", null, null, 1L)), "at most 1 row", "3 rows");
            failed(database.result(rows("clinical_notes", 3L, 4L, null)), "3 rows, at least 4 rows", "3 rows");
        }

        @Test
        void aMissingTableIsAnError() throws SQLException {
            error(
                    database.result(rows("clinicalnotes", 3L, null, null)),
                    "3 rows",
                    "no table \"clinicalnotes\" in search_path public; did you mean \"clinical_notes\"?");
        }

        @Test
        void whatCannotBeCountedIsAnError() throws SQLException {
            error(database.result(rows("empty", null, null, null)), "", "not a complete check: set equals, min or max");
            error(
                    database.result(rows("unfilled", 1L, null, null)),
                    "1 row",
                    "SQLSTATE 55000: materialized view \"unfilled\" has not been populated");
        }

        @Test
        void withoutPrivilegeIsAnError() throws SQLException {
            database.execute("DROP ROLE IF EXISTS stranger", "CREATE ROLE stranger LOGIN");
            try (Connection connection = database.connect("stranger")) {
                Report report = new Verifier(connection, Fixture.SESSION)
                        .verify(List.of(rows("clinical_notes", 3L, null, null)));

                error(report.checks().get(0), "3 rows", "SQLSTATE 42501: permission denied for table clinical_notes");
            }
            database.execute("DROP ROLE stranger");
        }
    }
}
