package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what in one database. */
class PrivilegeProbeTest {

    private static Fixture database;

    @BeforeAll
    static void create() throws SQLException {
        database = new Fixture(
                "DROP ROLE IF EXISTS priv_member, priv_team",
                "CREATE ROLE priv_team",
                "CREATE ROLE priv_member IN ROLE priv_team",
                "CREATE SCHEMA app",
                "GRANT USAGE, CREATE ON SCHEMA app TO priv_team",
                "CREATE TABLE tasks (id int, title text)",
                "GRANT SELECT, INSERT ON tasks TO priv_team",
                "GRANT UPDATE (title) ON tasks TO priv_member",
                "CREATE TABLE shared (id int)",
                "GRANT SELECT ON shared TO PUBLIC",
                "CREATE SEQUENCE numbers",
                "GRANT USAGE ON SEQUENCE numbers TO priv_team",
                "CREATE FUNCTION helper(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION two(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION two(bigint) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "REVOKE EXECUTE ON FUNCTION two(bigint) FROM PUBLIC");
    }

    @AfterAll
    static void drop() throws SQLException {
        database.execute("DROP OWNED BY priv_member, priv_team", "DROP ROLE priv_member, priv_team");
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            privilege: {role: priv_member, privileges: [Select, Insert], name: tasks} | SELECT, INSERT to priv_member on table public.tasks | SELECT, INSERT to priv_member on table public.tasks
            privilege: {role: PRIV_TEAM, privileges: [Select], name: tasks, scope: Direct} | SELECT granted directly to PRIV_TEAM on table public.tasks | SELECT granted directly to PRIV_TEAM on table public.tasks
            privilege: {role: priv_member, privileges: [Delete, Truncate], name: tasks, granted: false} | none of DELETE, TRUNCATE to priv_member on table public.tasks | none of DELETE, TRUNCATE to priv_member on table public.tasks
            privilege: {role: priv_member, privileges: [Select], name: tasks, granted: false, scope: Direct} | none of SELECT granted directly to priv_member on table public.tasks | none of SELECT granted directly to priv_member on table public.tasks
            privilege: {role: Public, privileges: [Select], name: shared, scope: Direct} | SELECT granted directly to Public on table public.shared | SELECT granted directly to Public on table public.shared
            privilege: {role: priv_member, privileges: [Select], name: shared} | SELECT to priv_member on table public.shared | SELECT to priv_member on table public.shared
            privilege: {role: priv_member, privileges: [Update], name: tasks, column: TITLE, scope: Direct} | UPDATE granted directly to priv_member on column public.tasks.title | UPDATE granted directly to priv_member on column public.tasks.title
            privilege: {role: priv_member, privileges: [Select], name: tasks, column: title} | SELECT to priv_member on column public.tasks.title | SELECT to priv_member on column public.tasks.title
            privilege: {role: priv_team, privileges: [Usage], on: Sequence, name: numbers} | USAGE to priv_team on sequence public.numbers | USAGE to priv_team on sequence public.numbers
            privilege: {role: public, privileges: [Execute], on: Function, name: helper} | EXECUTE to public on function public.helper(integer) | EXECUTE to public on function public.helper(integer)
            privilege: {role: public, privileges: [Execute], on: Function, name: two, arguments: [int8], granted: false} | none of EXECUTE to public on function public.two(bigint) | none of EXECUTE to public on function public.two(bigint)
            privilege: {role: priv_team, privileges: [Usage, Create], on: Schema, name: app, scope: Direct} | USAGE, CREATE granted directly to priv_team on schema app | USAGE, CREATE granted directly to priv_team on schema app
            privilege: {role: public, privileges: [Connect], on: Database, name: postgres} | CONNECT to public on database postgres | CONNECT to public on database postgres
            """)
    void areAsExpected(String check, String expected, String observed) throws SQLException {
        passed(database.result(Checks.of(check)), expected, observed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            privilege: {role: priv_member, privileges: [Select, Delete], name: tasks} | SELECT, DELETE to priv_member on table public.tasks | DELETE not granted
            privilege: {role: priv_member, privileges: [Select], name: tasks, scope: Direct} | SELECT granted directly to priv_member on table public.tasks | SELECT held, but not granted directly
            privilege: {role: priv_member, privileges: [Select, Update], name: tasks, granted: false} | none of SELECT, UPDATE to priv_member on table public.tasks | SELECT held by membership, ownership or public
            privilege: {role: priv_team, privileges: [Select], name: tasks, granted: false} | none of SELECT to priv_team on table public.tasks | SELECT granted directly
            privilege: {role: priv_member, privileges: [Update], name: tasks, column: id} | UPDATE to priv_member on column public.tasks.id | UPDATE not granted
            privilege: {role: public, privileges: [Execute], on: Function, name: helper, granted: false} | none of EXECUTE to public on function public.helper(integer) | EXECUTE granted directly
            """)
    void mayBeOtherwise(String check, String expected, String observed) throws SQLException {
        failed(database.result(Checks.of(check)), expected, observed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            privilege: {role: priv_membr, privileges: [Select], name: tasks} | SELECT to priv_membr | no role "priv_membr"; did you mean "priv_member"?
            privilege: {role: priv_team, privileges: [Select], name: task} | SELECT to priv_team | no table "task" in search_path public; did you mean "tasks"?
            privilege: {role: priv_team, privileges: [Select], name: tasks, column: titel} | SELECT to priv_team | no column "titel" in table public.tasks; did you mean "title"?
            privilege: {role: priv_team, privileges: [Execute], on: Function, name: two} | EXECUTE to priv_team | there are 2 functions "two": set arguments
            privilege: {role: priv_team, privileges: [Execute], on: Function, name: helper, arguments: [text]} | EXECUTE to priv_team | no function "helper" with arguments (text); there is public.helper(integer)
            privilege: {role: priv_team, privileges: [Usage], name: tasks} | USAGE to priv_team | SQLSTATE 22023: unrecognized privilege type: "…"
            privilege: {role: priv_team, privileges: [Select], on: Sequence, name: tasks, column: a} | a complete check | column is of a Table
            """)
    void mayNotBeKnown(String check, String expected, String observed) throws SQLException {
        error(database.result(Checks.of(check)), expected, observed);
    }
}
