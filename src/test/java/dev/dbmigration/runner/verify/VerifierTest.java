package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Checks.column;
import static dev.dbmigration.runner.verify.Checks.named;
import static dev.dbmigration.runner.verify.Checks.query;
import static dev.dbmigration.runner.verify.Checks.rows;
import static dev.dbmigration.runner.verify.Checks.table;
import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifierTest {

    private Fixture database;

    @BeforeEach
    void create() throws SQLException {
        database = new Fixture(
                "CREATE TABLE clinical_notes (\"appointmentId\" text NOT NULL, \"dueDate\" timestamp)",
                "INSERT INTO clinical_notes SELECT n::text FROM generate_series(1, 3) n");
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void allChecksPass() throws SQLException {
        Report report = database.verify(nullable("dueDate"), named("three", rows("clinical_notes", 3L, null, null)));

        assertThat(report.outcome()).isEqualTo(Outcome.Passed);
        assertThat(report.reason()).isNull();
        assertThat(report.message()).isEqualTo("2 checks passed");
        assertThat(report.summary()).isNull();
        assertThat(report.files()).isEmpty();
        assertThat(report.schemaVersion()).isEqualTo(Report.SCHEMA_VERSION);
        assertThat(report.checks()).extracting(CheckResult::name).containsExactly("dueDate accepts null", "three");
        assertThat(report.checks()).allMatch(check -> check.millis() >= 0);
    }

    @Test
    void aFailedCheckIsExplainedInOneSentence() throws SQLException {
        Report report = database.verify(nullable("appointmentId"), nullable("dueDate"));

        assertThat(report.outcome()).isEqualTo(Outcome.ChecksFailed);
        assertThat(report.message())
                .isEqualTo("1 of 2 checks failed: appointmentId accepts null: expected nullable, found NOT NULL");
    }

    @Test
    void oneThatCannotBeRunHidesNoOther() throws SQLException {
        Report report = database.verify(
                named("before", rows("clinical_notes", 3L, null, null)),
                named("broken", query("SELECT count(*) FROM nowhere", "0")),
                named("after", rows("clinical_notes", 3L, null, null)));

        assertThat(report.outcome()).isEqualTo(Outcome.CheckError);
        assertThat(report.checks())
                .extracting(CheckResult::result)
                .containsExactly(Result.Passed, Result.Error, Result.Passed);
        assertThat(report.message())
                .isEqualTo(
                        "1 of 3 checks could not be run: broken: SQLSTATE 42P01: relation \"nowhere\" does not exist");
    }

    @Test
    void aFailureWinsOverAnError() throws SQLException {
        Report report =
                database.verify(named("broken", query("SELECT 1 / 0", "0")), named("lost", table(null, "tasks", null)));

        assertThat(report.outcome()).isEqualTo(Outcome.ChecksFailed);
        assertThat(report.message())
                .isEqualTo(
                        "1 of 2 checks failed: lost: expected present, found no table \"tasks\" in search_path public"
                                + "; 1 could not be run");
    }

    @Test
    void manyFailuresAreCountedAndSomeExplained() throws SQLException {
        Check lost = named("lost", table(null, "tasks", null));

        Report report = database.verify(lost, lost, lost, lost, lost);

        assertThat(report.message()).startsWith("5 of 5 checks failed: lost: ").endsWith("; and 2 more");
        assertThat(report.checks()).hasSize(5);
    }

    @Test
    void noChecksAreNoPass() throws SQLException {
        Report report = database.verify();

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.reason()).isEqualTo(Reason.InvalidSpec);
    }

    @Test
    void aCheckHasExactlyOneKind() throws SQLException {
        Check none = new ObjectMapper().convertValue(Map.of("name", "none"), Check.class);
        Check both = Checks.of("{table: {name: clinical_notes}, enum: {name: x, labels: [a]}}");

        error(database.result(none), "one kind of check", "none is set, or more than one");
        error(database.result(both), "one kind of check", "none is set, or more than one");
    }

    @Test
    void aStatementTimeoutIsAnError() throws SQLException {
        Report report = database.verify(
                new Session(null, null, 50L),
                query("SELECT pg_sleep(600)::text", ""),
                rows("clinical_notes", 3L, null, null));

        error(report.checks().get(0), "''", "SQLSTATE 57014: canceling statement due to statement timeout");
        passed(report.checks().get(1), "3 rows");
    }

    @Test
    void aLockTimeoutIsAnError() throws SQLException {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE clinical_notes IN ACCESS EXCLUSIVE MODE");

            Report report = database.verify(new Session(null, 50L, null), rows("clinical_notes", 3L, null, null));

            error(report.checks().get(0), "3 rows", "SQLSTATE 55P03: canceling statement due to lock timeout");
        }
    }

    @Test
    void theSessionsSettingsHold() throws SQLException {
        Session session = new Session("App", 1_234L, 0L);
        database.execute(
                "CREATE SCHEMA \"App\"",
                "CREATE TABLE \"App\".tasks (id int)",
                "ALTER ROLE postgres SET statement_timeout = '1h'");

        Report report = database.verify(
                session,
                query("SHOW lock_timeout", "1234ms"),
                query("SHOW statement_timeout", "0"),
                query("SHOW transaction_isolation", "repeatable read"),
                query("SHOW row_security", "off"),
                table(null, "tasks", null));
        database.execute("ALTER ROLE postgres RESET statement_timeout");

        assertThat(report.message()).isEqualTo("5 checks passed");
    }

    @Test
    void whatIsNotStatedIsTheRunnersOrTheRoles() throws SQLException {
        database.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''7min''',"
                + " current_database()); END $$");

        Report report = database.verify(query("SHOW lock_timeout", "5s"), query("SHOW statement_timeout", "7min"));

        assertThat(report.message()).isEqualTo("2 checks passed");
    }

    @Test
    void noCheckLeavesItsSettingsToTheNext() throws SQLException {
        Report report = database.verify(
                query("SELECT set_config('search_path', 'pg_catalog', false)", "pg_catalog"),
                query("SELECT set_config('row_security', 'on', false)", "on"),
                rows("clinical_notes", 3L, null, null),
                query("SHOW row_security", "off"));

        assertThat(report.message()).isEqualTo("4 checks passed");
    }

    @Test
    void anUnknownSchemaIsSaidToBeSo() throws SQLException {
        Report report = database.verify(new Session("lost", null, null), table(null, "clinical_notes", null));

        failed(
                report.checks().get(0),
                "present",
                "no table \"clinical_notes\": no schema of the search_path exists; there is public.clinical_notes");
    }

    @Test
    void objectsBeforeTheCataloguesOwnAreNotMistakenForThem() throws SQLException {
        database.execute(
                "CREATE SCHEMA shadow",
                "CREATE TABLE shadow.pg_class (oid oid, relname name, relnamespace oid, relkind text)",
                "CREATE TABLE shadow.pg_attribute (attname name)",
                "CREATE DOMAIN shadow.text AS varchar CHECK (false)",
                "CREATE FUNCTION shadow.format_type(oid, int4) RETURNS varchar LANGUAGE sql AS 'SELECT ''shadow''::varchar'");

        database.searchPath("shadow, public, pg_catalog");
        Report report = database.verify(
                column("clinical_notes", "dueDate", null, "timestamp", true, ""),
                rows("clinical_notes", 3L, null, null));

        assertThat(report.message()).isEqualTo("2 checks passed");
    }

    @Test
    void rowsHiddenByRowSecurityAreAnErrorAndNoCount() throws SQLException {
        database.execute(
                "DROP ROLE IF EXISTS reader",
                "CREATE ROLE reader LOGIN",
                "GRANT SELECT ON clinical_notes TO reader",
                "ALTER TABLE clinical_notes ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY one ON clinical_notes USING (\"appointmentId\" = '1')");
        String words =
                "SQLSTATE 42501: query would be affected by row-level security policy for table \"clinical_notes\"";

        try (Connection connection = database.connect("reader")) {
            Report report = new Verifier(connection, Fixture.SESSION)
                    .verify(List.of(
                            rows("clinical_notes", 1L, null, null),
                            query("SELECT count(*) FROM clinical_notes", "1"),
                            nullable("dueDate")));

            error(report.checks().get(0), "1 row", words);
            error(report.checks().get(1), "1", words);
            passed(report.checks().get(2), "nullable");
        }
        database.execute("DROP OWNED BY reader", "DROP ROLE reader");
    }

    @Test
    void aLostConnectionIsARunToRepeatAndNoVerdict() throws SQLException {
        Report report = database.verify(
                nullable("dueDate"),
                query("SELECT pg_terminate_backend(pg_backend_pid())", "true"),
                nullable("dueDate"));

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.reason()).isEqualTo(Reason.ServerShutdown);
        assertThat(report.reason().cure()).isEqualTo(Reason.Cure.RETRY);
        assertThat(report.checks()).extracting(CheckResult::result).containsExactly(Result.Passed);
        assertThat(report.message()).startsWith("the connection was lost after 1 check: SQLSTATE 57P01: ");
    }

    @Test
    void aConnectionLostBetweenChecksIsTheSame() throws SQLException {
        try (Connection connection = database.connect()) {
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

            Report report = new Verifier(connection, Fixture.SESSION).verify(List.of(nullable("dueDate")));

            assertThat(report.outcome()).isEqualTo(Outcome.Failed);
            assertThat(report.reason()).isIn(Reason.ServerShutdown, Reason.ConnectionFailed);
            assertThat(report.checks()).isEmpty();
        }
    }

    @Test
    void aClosedConnectionIsALostOne() throws SQLException {
        Connection connection = database.connect();
        connection.close();

        Report report = new Verifier(connection, Fixture.SESSION).verify(List.of(nullable("dueDate")));

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.reason()).isEqualTo(Reason.ConnectionFailed);
    }

    @Test
    void aConnectionErrorWithinALivingSessionIsThatChecksAlone() throws SQLException {
        Report report = database.verify(
                query("DO $$ BEGIN RAISE EXCEPTION 'other server is down' USING ERRCODE = '08001'; END $$", "1"),
                nullable("dueDate"));

        error(report.checks().get(0), "1", "SQLSTATE 08001: other server is down");
        passed(report.checks().get(1), "nullable");
        assertThat(report.outcome()).isEqualTo(Outcome.CheckError);
    }

    @Test
    void theConnectionIsLeftIdle() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            new Verifier(connection, Fixture.SESSION).verify(List.of(nullable("dueDate"), query("SELECT 1 / 0", "")));

            // Only a session without an open transaction may do this.
            connection.setAutoCommit(true);
            statement.execute("VACUUM clinical_notes");
        }
    }

    @Test
    void valuesAreBounded() throws SQLException {
        CheckResult result = database.result(query("SELECT repeat('x', 100000)", "y"));

        assertThat(result.observed()).hasSize(256).endsWith("x…");
    }

    private static Check nullable(String name) {
        return named(name + " accepts null", column("clinical_notes", name, null, null, true, null));
    }
}
