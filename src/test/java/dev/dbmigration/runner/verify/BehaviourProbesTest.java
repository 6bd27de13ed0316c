package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions, triggers and policies of one database. */
class BehaviourProbesTest {

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "DROP ROLE IF EXISTS probe_a, probe_b",
                "CREATE ROLE probe_a",
                "CREATE ROLE probe_b",
                "CREATE SCHEMA app",
                "CREATE TYPE \"Mood\" AS ENUM ('ok')",
                "CREATE TABLE tasks (id int, owner text)",
                "CREATE VIEW open_tasks AS SELECT * FROM tasks",
                "CREATE FUNCTION total(int, varchar) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
                "CREATE FUNCTION total() RETURNS text LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END'",
                "CREATE FUNCTION app.some() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION app.pairs() RETURNS TABLE (a int, b text) LANGUAGE sql AS 'SELECT 1, NULL::text'",
                "CREATE PROCEDURE tell(\"Mood\") LANGUAGE sql AS ''",
                "CREATE FUNCTION app.stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION app.stamp()",
                "CREATE TRIGGER always AFTER INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION app.stamp()",
                "ALTER TABLE tasks ENABLE ALWAYS TRIGGER always",
                "CREATE TRIGGER replica AFTER INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION app.stamp()",
                "ALTER TABLE tasks ENABLE REPLICA TRIGGER replica",
                "CREATE TRIGGER cleared AFTER TRUNCATE ON tasks EXECUTE FUNCTION app.stamp()",
                "ALTER TABLE tasks DISABLE TRIGGER cleared",
                "CREATE TRIGGER instead INSTEAD OF DELETE ON open_tasks FOR EACH ROW EXECUTE FUNCTION app.stamp()",
                "CREATE POLICY mine ON tasks USING (owner = 'me')",
                "CREATE POLICY add ON tasks AS RESTRICTIVE FOR INSERT TO probe_a, probe_b WITH CHECK (id > 0)");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.execute("DROP OWNED BY probe_a, probe_b", "DROP ROLE probe_a, probe_b");
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            function: {name: TOTAL, arguments: [int, varchar]} | present | function public.total(integer, character varying)
            function: {name: total, arguments: []} | present | function public.total()
            function: {name: total, returns: text, language: plpgsql, volatility: Stable} | returns text, language plpgsql, Stable | returns text, language plpgsql, Stable
            function: {schema: app, name: some, returns: setof int} | returns setof int | returns SETOF integer
            function: {schema: app, name: pairs, returns: 'TABLE(a integer, b text)'} | returns TABLE(a integer, b text) | returns TABLE(a integer, b text)
            function: {name: tell, arguments: [Mood]} | present | procedure public.tell("Mood")
            function: {name: total, arguments: [text], exists: false} | absent | no function "total" with arguments (text)
            function: {name: gone, exists: false} | absent | no function "gone" in search_path public
            trigger: {table: tasks, name: stamp, timing: Before, events: [Update, Insert], level: Row, function: app.stamp, enabled: true} | Before, events Insert, Update, for each Row, function app.stamp, enabled | Before, events Insert, Update, for each Row, function app.stamp, enabled
            trigger: {table: tasks, name: cleared, timing: After, events: [Truncate], level: Statement, enabled: false} | After, events Truncate, for each Statement, disabled | After, events Truncate, for each Statement, disabled
            trigger: {table: open_tasks, name: instead, timing: InsteadOf, events: [Delete], enabled: true} | InsteadOf, events Delete, enabled | InsteadOf, events Delete, enabled
            trigger: {table: tasks, name: always, enabled: true} | enabled | enabled (always)
            trigger: {table: tasks, name: gone, exists: false} | absent | no trigger "gone" on table public.tasks
            policy: {table: tasks, name: mine, command: All, permissive: true, roles: [public], using: owner = 'me', withCheck: ''} | for ALL, permissive, roles public, USING owner = 'me', no WITH CHECK | for ALL, permissive, roles public, USING owner = 'me'::text, no WITH CHECK
            policy: {table: tasks, name: add, command: Insert, permissive: false, roles: [probe_b, PROBE_A], using: '', withCheck: id > 0} | for INSERT, restrictive, roles probe_b, PROBE_A, no USING, WITH CHECK id > 0 | for INSERT, restrictive, roles probe_a, probe_b, no USING, WITH CHECK id > 0
            """)
    void areAsExpected(String check, String expected, String observed) throws SQLException {
        passed(database.result(Checks.of(check)), expected, observed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            function: {name: totl} | present | no function "totl" in search_path public; did you mean "total"?
            function: {name: some} | present | no function "some" in search_path public; there is app.some
            function: {name: total, arguments: [text]} | arguments (text) | no function "total" with arguments (text); there is public.total(integer, character varying), public.total()
            function: {name: total, arguments: [txt], exists: false} | absent | no function "total" with arguments (txt) (no type txt exists); there is public.total(integer, character varying), public.total()
            function: {name: total, exists: false} | absent | function public.total(integer, character varying)
            function: {name: total, returns: text, volatility: Immutable, language: plpgsql} | returns text, language plpgsql, Immutable | returns text, language plpgsql, Stable (function public.total())
            function: {schema: app, name: some, returns: int} | returns int | returns SETOF integer
            function: {schema: app, name: pairs, returns: 'TABLE(a int, b text)'} | returns TABLE(a int, b text) | returns TABLE(a integer, b text)
            function: {name: tell, returns: int} | returns int | returns nothing
            trigger: {table: tasks, name: stamped} | present | no trigger "stamped" on table public.tasks; did you mean "stamp"?
            trigger: {table: task, name: stamp} | present | no table "task" in search_path public; did you mean "tasks"?
            trigger: {table: task, name: stamp, exists: false} | absent | no table "task" in search_path public; did you mean "tasks"?
            trigger: {table: tasks, name: stamp, exists: false} | absent | trigger stamp on table tasks
            trigger: {table: tasks, name: stamp, timing: After, events: [Insert], level: Statement, function: stamp, enabled: false} | After, events Insert, for each Statement, function stamp, disabled | Before, events Insert, Update, for each Row, function app.stamp, enabled
            trigger: {table: tasks, name: cleared, enabled: true} | enabled | disabled
            trigger: {table: tasks, name: replica, enabled: true} | enabled | enabled in sessions of replication only
            policy: {table: tasks, name: add, command: Select, permissive: true, roles: [probe_a], using: id > 0, withCheck: id > 1} | for SELECT, permissive, roles probe_a, USING id > 0, WITH CHECK id > 1 | for INSERT, restrictive, not expected probe_b: roles probe_a, probe_b, no USING, WITH CHECK id > 0
            policy: {table: tasks, name: yours} | present | no policy "yours" on table public.tasks
            """)
    void mayBeOtherwise(String check, String expected, String observed) throws SQLException {
        failed(database.result(Checks.of(check)), expected, observed);
    }
}
