package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.report.RunInput.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check noBrokenFunctions, by what it says of single functions. */
class BrokenFunctionsTest {

    private static final Check CHECK = Checks.of("noBrokenFunctions: {}");
    private static final String EXPECTED = "no broken function";

    private Fixture database;

    @BeforeEach
    void create() throws SQLException {
        database = new Fixture(
                "CREATE TABLE notes (id int, title text, pages int)",
                "CREATE TABLE audit (what text)",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET check_function_bodies = off', current_database());"
                        + " END $$");
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void noFunctionIsBrokenWhereThereIsNone() throws SQLException {
        passed(database.result(CHECK), EXPECTED, "0 checked, 0 broken, 0 unchecked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IF (SELECT count(lost) FROM notes) > 0 THEN NULL; END IF; | column "lost" does not exist
            SELECT lost INTO v FROM notes;                            | column "lost" does not exist
            SELECT title INTO r FROM notes; v := r.lost;              | record "r" has no field "lost"
            RETURN QUERY SELECT lost FROM notes;                      | column "lost" does not exist
            FOR r IN SELECT lost FROM notes LOOP NULL; END LOOP;      | column "lost" does not exist
            FOR r IN SELECT id FROM notes LOOP v := r.lost; END LOOP; | record "r" has no field "lost"
            v := (SELECT title FROM lost);                            | relation "lost" does not exist
            v := lost(1);                                             | function lost(integer) does not exist
            PERFORM lower(1);                                         | function lower(integer) does not exist
            v := 1::lost;                                             | type "lost" does not exist
            INSERT INTO notes (pages) VALUES (v);                     | column "pages" is of type integer but expression is of type text
            UPDATE notes SET title = v WHERE v;                       | argument of WHERE must be type boolean, not type text
            DELETE FROM lost.notes;                                   | relation "lost.notes" does not exist
            v := lost;                                                | column "lost" does not exist
            """)
    void whatIsMissingIsToldWithItsPlace(String statement, String words) throws SQLException {
        database.execute(function("f", statement));

        CheckResult result = database.result(CHECK);

        assertThat(result.result()).isEqualTo(Result.Failed);
        assertThat(result.observed())
                .startsWith("1 checked, 1 broken, 0 unchecked: public.f(p integer) line 6: ")
                .contains(words);
    }

    @Test
    void aTriggerFunctionIsLookedAtOnceForEachTable() throws SQLException {
        database.execute(
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN\n  NEW.title := upper(OLD.title);\n  RETURN NEW;\nEND $$",
                "CREATE TRIGGER touch BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION touch()");
        passed(database.result(CHECK), EXPECTED, "1 checked, 0 broken, 0 unchecked");

        database.execute("CREATE TRIGGER touch BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION touch()");

        failed(
                database.result(CHECK),
                EXPECTED,
                "1 checked, 1 broken, 0 unchecked: public.touch() on public.audit line 2:"
                        + " column \"title\" not found in data type audit");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EXECUTE 'SELECT 1' INTO v;                                              | dynamic SQL
            FOR r IN EXECUTE 'SELECT 1 AS a' LOOP v := r.a; END LOOP;               | dynamic SQL
            RETURN QUERY EXECUTE 'SELECT lost FROM notes';                          | dynamic SQL
            TRUNCATE notes;                                                         | TRUNCATE
            CREATE TEMP TABLE mine (a int); INSERT INTO mine VALUES (1);            | CREATE
            SELECT lost.a INTO v FROM lost; EXCEPTION WHEN undefined_table THEN     | its block handles what is missing
            EXECUTE 'CREATE TEMP TABLE mine (a int)'; DELETE FROM mine WHERE a = p; | dynamic SQL
            r := ROW(1, 2); v := r.f1 + r.nothing;                                  | record r is not only filled by queries that can be read
            """)
    void whatOnlyARunCanShowIsUnchecked(String statement, String why) throws SQLException {
        database.execute(function("f", statement));

        passed(
                database.result(CHECK),
                EXPECTED,
                "0 checked, 0 broken, 1 unchecked: public.f(p integer) line 6: " + why);
    }

    @Test
    void aTemporaryTableThatAnotherFunctionMakesIsNoMissingOne() throws SQLException {
        database.execute(
                function("a", "EXECUTE 'create temporary table if not exists scratch (a int)';"),
                function("b", "INSERT INTO scratch VALUES (p);"));

        assertThat(database.result(CHECK).observed())
                .startsWith("0 checked, 0 broken, 2 unchecked: ")
                .endsWith("public.b(p integer) line 6: temporary table scratch");
    }

    @Test
    void whatIsKnownToBeBrokenStandsFirst() throws SQLException {
        database.execute(
                function("a", "EXECUTE 'x';"),
                function("b", "v := lost;"),
                function("c", "NULL;"),
                function("d", "v := x;"));

        failed(
                database.result(CHECK),
                EXPECTED,
                "3 checked, 2 broken, 1 unchecked: public.b(p integer) line 6: column \"lost\" does not exist,"
                        + " public.d(p integer) line 6: column \"x\" does not exist,"
                        + " public.a(p integer) line 6: dynamic SQL");
    }

    @Test
    void aFunctionInSqlIsReadByTheServersOwnValidator() throws SQLException {
        database.execute(
                "CREATE FUNCTION s(a int) RETURNS text LANGUAGE sql AS $$\n  SELECT title FROM notes\n  WHERE id = a $$");
        passed(database.result(CHECK), EXPECTED, "1 checked, 0 broken, 0 unchecked");

        database.execute("ALTER TABLE notes RENAME id TO number");

        failed(
                database.result(CHECK),
                EXPECTED,
                "1 checked, 1 broken, 0 unchecked: public.s(a integer) line 3: column \"id\" does not exist");
    }

    @Test
    void aPolymorphicFunctionIsUnchecked() throws SQLException {
        database.execute(
                "CREATE FUNCTION s(a anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT a'",
                "CREATE FUNCTION p(a anyelement) RETURNS anyelement LANGUAGE plpgsql AS 'BEGIN RETURN a; END'");

        passed(
                database.result(CHECK),
                EXPECTED,
                "0 checked, 0 broken, 2 unchecked: public.p(a anyelement) line 1: a parameter of type anyelement,"
                        + " public.s(a anyelement): polymorphic, so that only a call knows its types");
    }

    @Test
    void theFunctionsOwnSearchPathCounts() throws SQLException {
        database.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.tasks (id int)",
                "CREATE FUNCTION own() RETURNS bigint LANGUAGE plpgsql SET search_path = app"
                        + " AS 'BEGIN RETURN (SELECT count(id) FROM tasks); END'",
                "CREATE FUNCTION other() RETURNS bigint LANGUAGE sql SET search_path = app AS 'SELECT count(id) FROM tasks'",
                "CREATE FUNCTION callers() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(id) FROM tasks); END'",
                "CREATE FUNCTION app.neighbour() RETURNS bigint LANGUAGE sql AS 'SELECT count(id) FROM tasks'");

        passed(
                database.result(CHECK),
                EXPECTED,
                "2 checked, 0 broken, 2 unchecked: app.neighbour() line 1: app.tasks is there if its caller's search_path is"
                        + " another, public.callers() line 1: app.tasks is there if its caller's search_path is another");

        database.execute("DROP TABLE app.tasks");
        assertThat(database.result(CHECK).observed()).startsWith("4 checked, 4 broken, 0 unchecked: ");
        assertThat(database.result(Checks.of("noBrokenFunctions: {schema: app}"))
                        .observed())
                .isEqualTo("1 checked, 1 broken, 0 unchecked: app.neighbour() line 1:"
                        + " relation \"tasks\" does not exist");
    }

    @Test
    void withoutTheRightToLookItIsAnErrorUnlessSomethingIsBroken() throws SQLException {
        database.execute(
                "DROP ROLE IF EXISTS outsider",
                "CREATE ROLE outsider LOGIN",
                "CREATE SCHEMA closed",
                "CREATE TABLE closed.tasks (id int)",
                function("f", "DELETE FROM closed.tasks;"));
        try (Connection connection = database.connect("outsider")) {
            error(
                    new Verifier(connection, Fixture.SESSION)
                            .verify(List.of(CHECK))
                            .checks()
                            .get(0),
                    EXPECTED,
                    "SQLSTATE 42501: 0 checked, 0 broken, 1 unchecked: public.f(p integer) line 6:"
                            + " permission denied for schema closed");

            database.execute(function("g", "v := lost;"));
            assertThat(new Verifier(connection, Fixture.SESSION)
                            .verify(List.of(CHECK))
                            .checks()
                            .get(0)
                            .result())
                    .isEqualTo(Result.Failed);
        }
        database.execute("DROP ROLE outsider");
    }

    @Test
    void aLockIsAnErrorThatHidesNoOtherCheck() throws SQLException {
        database.execute(function("f", "DELETE FROM notes;"));
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE notes IN ACCESS EXCLUSIVE MODE");

            Report report = database.verify(
                    new Session(null, 50L, null),
                    CHECK,
                    Checks.of("noBrokenFunctions: {schema: lost}"),
                    Checks.of("noDisabledTriggers: {}"));

            error(report.checks().get(0), EXPECTED, "SQLSTATE 55P03: canceling statement due to lock timeout");
            error(report.checks().get(1), EXPECTED + " in schema lost", "no schema \"lost\"");
            passed(report.checks().get(2), "no disabled trigger", "none");
        }
    }

    @Test
    void nothingIsRunAndNothingIsKept() throws SQLException {
        database.execute(
                "CREATE SEQUENCE numbers", function("f", "PERFORM nextval('numbers'); INSERT INTO audit VALUES (v);"));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            new Verifier(connection, Fixture.SESSION).verify(List.of(CHECK));

            var row = statement.executeQuery("SELECT (SELECT is_called FROM numbers), (SELECT count(*) FROM audit),"
                    + " (SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%nextval%')"
                    + "   - (SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%is_called%')");
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isFalse();
            assertThat(row.getLong(2)).isZero();
            assertThat(row.getLong(3)).isZero();
        }
    }

    @Test
    void aVariableThatMayBeAColumnRaisesNoAlarm() throws SQLException {
        database.execute(
                "CREATE FUNCTION v(title int) RETURNS bigint LANGUAGE plpgsql AS"
                        + " '#variable_conflict use_variable\nBEGIN\nRETURN (SELECT count(*) FROM notes WHERE pages = title); END'");

        passed(
                database.result(CHECK),
                EXPECTED,
                "0 checked, 0 broken, 1 unchecked: public.v(title integer) line 3:"
                        + " a column may mean a variable, by variable_conflict");
    }

    /** The statement is on line 6 of the body; {@code v} is a text, {@code r} a record, {@code p} a parameter. */
    private static String function(String name, String statement) {
        String handler = statement.endsWith("THEN") ? " NULL;" : "";
        return "CREATE FUNCTION " + name + "(p int) RETURNS SETOF text LANGUAGE plpgsql AS $$\nDECLARE\n  v text;\n"
                + "  r record;\nBEGIN\n  " + statement + handler + "\nEND $$";
    }
}
