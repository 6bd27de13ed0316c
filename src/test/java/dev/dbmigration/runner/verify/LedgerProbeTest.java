package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories of other tools, in tables as those tools make them. */
class LedgerProbeTest {

    private static final String CLEAN = "nothing failed or half done";

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "CREATE TABLE \"SequelizeMeta\" (name varchar(255) PRIMARY KEY)",
                "INSERT INTO \"SequelizeMeta\" VALUES ('20240102-b.js'), ('20240101-a.js')",
                "CREATE TABLE django_migrations (id serial PRIMARY KEY, app varchar(255) NOT NULL,"
                        + " name varchar(255) NOT NULL, applied timestamptz NOT NULL)",
                "INSERT INTO django_migrations (app, name, applied)"
                        + " VALUES ('users', '0001_initial', now()), ('notes', '0001_initial', now())",
                "CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)",
                "INSERT INTO pgmigrations (name, run_on)"
                        + " VALUES ('1700000000001_a', '2024-01-02'), ('1700000000002_b', '2024-01-01')",
                "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY,"
                        + " run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)",
                "INSERT INTO __diesel_schema_migrations VALUES ('20240101000000'), ('00000000000000')",
                "CREATE SCHEMA supabase_migrations",
                "CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text)",
                "INSERT INTO supabase_migrations.schema_migrations VALUES ('20240101000000', NULL, 'a')",
                "CREATE SCHEMA rails",
                "CREATE TABLE rails.schema_migrations (version varchar PRIMARY KEY)",
                "INSERT INTO rails.schema_migrations VALUES ('9'), ('020'), ('3')",
                "CREATE SCHEMA dbmate",
                "CREATE TABLE dbmate.schema_migrations (version varchar PRIMARY KEY)",
                "INSERT INTO dbmate.schema_migrations VALUES ('001'), ('002')");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tool: Sequelize              | 20240101-a.js       | 20240102-b.js
            tool: Django                 | users.0001_initial  | notes.0001_initial
            tool: NodePgMigrate          | 1700000000002_b     | 1700000000001_a
            tool: Diesel                 | 00000000000000      | 20240101000000
            tool: Supabase               | 20240101000000      | 20240101000000
            tool: Rails, schema: rails   | 03                  | 20
            tool: Dbmate, schema: dbmate | 001                 | 002
            """)
    void whatIsRecordedIsFound(String tool, String one, String latest) throws SQLException {
        passed(
                ledger("%s, versions: ['%s'], latest: '%s', atLeast: 1".formatted(tool, one, latest)),
                one + " recorded, at least 1 entry, the latest " + latest + ", " + CLEAN,
                one + " recorded, " + count(tool) + ", the latest " + latest + ", " + CLEAN);
    }

    private static String count(String tool) {
        return tool.contains("Supabase") ? "1 entry" : tool.contains("Rails") ? "3 entries" : "2 entries";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tool: Sequelize              | 20240101-a.ts | public.SequelizeMeta | 2 entries, the last 20240102-b.js | ; did you mean "20240101-a.js"?
            tool: Django                 | 0009_other    | public.django_migrations | 2 entries, the last notes.0001_initial | ``
            tool: NodePgMigrate          | nowhere       | public.pgmigrations | 2 entries, the last 1700000000001_a | ``
            tool: Diesel                 | 7             | public.__diesel_schema_migrations | 2 entries, the last 20240101000000 | ``
            tool: Supabase               | 7             | supabase_migrations.schema_migrations | 1 entry, the last 20240101000000 | ``
            tool: Rails, schema: rails   | 7             | rails.schema_migrations | 3 entries, the last 020 | ``
            tool: Dbmate, schema: dbmate | 1             | dbmate.schema_migrations | 2 entries, the last 002 | ``
            """)
    void whatIsMissingIsTold(String tool, String version, String table, String there, String hint) throws SQLException {
        failed(
                ledger("%s, versions: ['%s']".formatted(tool, version)),
                version + " recorded, " + CLEAN,
                "missing " + version + hint + " in " + table + " (" + there + "), " + CLEAN);
    }

    @Test
    void countAndLatestMayDiffer() throws SQLException {
        failed(
                ledger("tool: Diesel, atLeast: 3, noFailed: false"),
                "at least 3 entries",
                "2 entries in public.__diesel_schema_migrations (2 entries, the last 20240101000000)");
        failed(
                ledger("tool: Rails, schema: rails, latest: '9', noFailed: false"),
                "the latest 9",
                "the latest 020 in rails.schema_migrations (3 entries, the last 020)");
    }

    @Test
    void ofManyMissingTheFirstAreNamed() throws SQLException {
        failed(
                ledger(
                        "tool: Dbmate, schema: dbmate, versions: ['1', '2', '3', '4', '5', '6', '002'], noFailed: false"),
                "1, 2, 3, 4, 5 and 2 more recorded",
                "missing 1, 2, 3, 4, 5 and 1 more in dbmate.schema_migrations (2 entries, the last 002)");
    }

    @Test
    void aMissingTableFailsWhatWantsAHistory() throws SQLException {
        failed(
                ledger("tool: Flyway, versions: ['1']"),
                "1 recorded, " + CLEAN,
                "no history of Flyway: no table \"flyway_schema_history\" in search_path public");
        failed(
                ledger("tool: Rails"),
                CLEAN,
                "no history of Rails: no table \"schema_migrations\" in search_path public;"
                        + " there is dbmate.schema_migrations");
        failed(
                ledger("tool: Alembic, schema: lost, latest: a"),
                "the latest a, " + CLEAN,
                "no history of Alembic: no table \"alembic_version\": no schema \"lost\"");
        passed(
                ledger("tool: Prisma, atLeast: 0"),
                "at least 0 entries, " + CLEAN,
                "no history of Prisma: no table \"_prisma_migrations\" in search_path public");
    }

    @Test
    void anotherToolsTableIsAnError() throws SQLException {
        error(
                ledger("tool: GolangMigrate, schema: rails, latest: '3'"),
                "the latest 3, " + CLEAN,
                "table rails.schema_migrations has the columns version, where version, dirty are expected");
    }

    @Test
    void aTableOfAnotherNameIsRead() throws SQLException {
        passed(
                ledger("tool: Dbmate, schema: rails, table: schema_migrations, atLeast: 3, noFailed: false"),
                "at least 3 entries",
                "3 entries");
    }

    @Test
    void withoutPrivilegeIsAnErrorAndHidesNothing() throws SQLException {
        database.execute("DROP ROLE IF EXISTS historian", "CREATE ROLE historian LOGIN");
        try (Connection connection = database.connect("historian")) {
            Report report = new Verifier(connection, Fixture.SESSION)
                    .verify(List.of(
                            check("tool: Django, latest: notes.0001_initial"),
                            check("tool: Supabase, atLeast: 1"),
                            Checks.query("SELECT 1", "1")));

            error(
                    report.checks().get(0),
                    "the latest notes.0001_initial, " + CLEAN,
                    "SQLSTATE 42501: permission denied for table django_migrations");
            error(
                    report.checks().get(1),
                    "at least 1 entry, " + CLEAN,
                    "SQLSTATE 42501: permission denied for schema supabase_migrations");
            passed(report.checks().get(2), "1");
        }
        database.execute("DROP ROLE historian");
    }

    @Test
    void whatNoServerRefusedIsAnError() throws SQLException {
        error(ledger("tool: Flyway, scope: a, atLeast: 1"), "a complete check", "scope belongs to the tool Own");
        error(ledger("noFailed: false"), "a complete check", "set versions, atLeast or latest, or leave noFailed true");
        error(
                ledger("atLeast: 1"),
                "at least 1 entry, " + CLEAN,
                "scope is not set, and no migrationRef names a migration of sql files that has one");
    }

    @Test
    void theSentenceAloneTells() throws SQLException {
        Report report = database.verify(check("tool: Dbmate, schema: dbmate, versions: ['003']"));

        assertThat(report.checks()).extracting(CheckResult::result).containsExactly(Result.Failed);
        assertThat(report.message())
                .isEqualTo("1 of 1 check failed: ledger: expected 003 recorded, found missing 003 in"
                        + " dbmate.schema_migrations (2 entries, the last 002)");
    }

    private static CheckResult ledger(String fields) throws SQLException {
        return database.result(check(fields));
    }

    private static Check check(String fields) {
        return Checks.of("ledger: {" + fields + "}");
    }
}
