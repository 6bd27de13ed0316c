package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput.Session;
import dev.dbmigration.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The checks that look at whole schemas, but for that of functions. */
class WholeSchemaTest {

    private Fixture database;

    @BeforeEach
    void create() throws SQLException {
        database = new Fixture(
                "CREATE SCHEMA app",
                "CREATE TABLE notes (id int PRIMARY KEY, \"noteType\" text)",
                "CREATE TABLE app.tasks (id int, note_id int, half int, CONSTRAINT of_note FOREIGN KEY (note_id)"
                        + " REFERENCES notes (id))",
                "INSERT INTO notes VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO app.tasks VALUES (1, 1, 1), (2, 2, 7), (3, NULL, 8)");
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Nested
    class InvalidIndexes {

        private static final Check CHECK = Checks.of("noInvalidIndexes: {}");

        @Test
        void oneThatIsBeingBuiltIsToldWithItsProcessAndNotHeldAgainst() throws Exception {
            try (Connection reader = database.connect();
                    Statement open = reader.createStatement();
                    Connection builder = database.connect();
                    Statement build = builder.createStatement()) {
                // A transaction that has written keeps the build from its end.
                reader.setAutoCommit(false);
                open.execute("UPDATE app.tasks SET id = id");
                String pid = value(build, "SELECT pg_backend_pid()");
                CompletableFuture<Void> built = CompletableFuture.runAsync(
                        () -> run(build, "CREATE INDEX CONCURRENTLY slow ON app.tasks (id)"));
                await().until(() -> "1".equals(value("SELECT count(*) FROM pg_index WHERE NOT indisvalid")));

                passed(
                        database.result(CHECK),
                        "no invalid index",
                        "none; being built now: app.slow on tasks by pid " + pid);

                reader.rollback();
                built.get();
                passed(database.result(CHECK), "no invalid index", "none");
            }
        }

        @Test
        void anotherUsersBuildIsKnownToo() throws Exception {
            database.execute("DROP ROLE IF EXISTS onlooker", "CREATE ROLE onlooker LOGIN");
            try (Connection reader = database.connect();
                    Statement open = reader.createStatement();
                    Connection builder = database.connect();
                    Statement build = builder.createStatement();
                    Connection onlooker = database.connect("onlooker")) {
                reader.setAutoCommit(false);
                open.execute("UPDATE app.tasks SET id = id");
                CompletableFuture<Void> built = CompletableFuture.runAsync(
                        () -> run(build, "CREATE INDEX CONCURRENTLY slow ON app.tasks (id)"));
                await().until(() -> "1".equals(value("SELECT count(*) FROM pg_index WHERE NOT indisvalid")));

                Report report = new Verifier(onlooker, Fixture.SESSION).verify(List.of(CHECK));

                assertThat(report.checks().get(0).observed())
                        .startsWith("none; being built now: app.slow on tasks by pid ");
                reader.rollback();
                built.get();
            }
            database.execute("DROP ROLE onlooker");
        }

        @Test
        void ofAPartitionedTableThePartitionWithoutIsNamed() throws SQLException {
            database.execute(
                    "CREATE TABLE parted (id int) PARTITION BY RANGE (id)",
                    "CREATE TABLE p1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                    "CREATE TABLE p2 PARTITION OF parted FOR VALUES FROM (10) TO (20)",
                    "CREATE INDEX whole ON ONLY parted (id)",
                    "CREATE INDEX of_p1 ON p1 (id)",
                    "ALTER INDEX whole ATTACH PARTITION of_p1");

            failed(
                    database.result(CHECK),
                    "no invalid index",
                    "1 invalid: public.whole on parted (none on partition p2)");

            database.execute("CREATE INDEX of_p2 ON p2 (id)", "ALTER INDEX whole ATTACH PARTITION of_p2");
            passed(database.result(CHECK), "no invalid index", "none");
        }
    }

    @Nested
    class UnvalidatedConstraints {

        private static final Check CHECK = Checks.of("noUnvalidatedConstraints: {}");
        private static final String EXPECTED = "every constraint validated";

        @Test
        void areNamedWithWhatToDo() throws SQLException {
            passed(database.result(CHECK), EXPECTED, "all");
            database.execute(
                    "ALTER TABLE app.tasks ADD CONSTRAINT low CHECK (half < 100) NOT VALID",
                    "CREATE DOMAIN app.short AS text",
                    "ALTER DOMAIN app.short ADD CONSTRAINT brief CHECK (length(value) < 9) NOT VALID");

            failed(
                    database.result(CHECK),
                    EXPECTED,
                    "2 NOT VALID: app.brief on short, app.low on tasks; new rows are held to it, old ones are not:"
                            + " ALTER … VALIDATE CONSTRAINT");
            passed(
                    database.result(Checks.of("noUnvalidatedConstraints: {schema: public}")),
                    EXPECTED + " in schema public",
                    "all");

            database.execute(
                    "ALTER TABLE app.tasks VALIDATE CONSTRAINT low",
                    "ALTER DOMAIN app.short VALIDATE CONSTRAINT brief");
            passed(database.result(CHECK), EXPECTED, "all");
        }

        @Test
        void whatIsNotEnforcedIsCountedApart() throws SQLException {
            assumeTrue(Postgres.version() >= 18);
            database.execute("ALTER TABLE app.tasks ALTER CONSTRAINT of_note NOT ENFORCED");

            passed(database.result(CHECK), EXPECTED, "all; 1 NOT ENFORCED, which nothing validates");
        }

        @Test
        void aSchemaThatIsNotThereIsAnError() throws SQLException {
            error(
                    database.result(Checks.of("noUnvalidatedConstraints: {schema: lost}")),
                    EXPECTED + " in schema lost",
                    "no schema \"lost\"");
        }
    }

    @Nested
    class DisabledTriggers {

        private static final Check CHECK = Checks.of("noDisabledTriggers: {}");
        private static final String EXPECTED = "no disabled trigger";

        @Test
        void areNamed() throws SQLException {
            database.execute(
                    "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                    "CREATE TRIGGER watch AFTER INSERT ON app.tasks EXECUTE FUNCTION nothing()");
            passed(database.result(CHECK), EXPECTED, "none");

            database.execute("ALTER TABLE app.tasks DISABLE TRIGGER watch");
            failed(database.result(CHECK), EXPECTED, "1 disabled: watch on app.tasks");

            // The foreign key's own triggers too.
            database.execute("ALTER TABLE app.tasks DISABLE TRIGGER ALL");
            failed(
                    database.result(CHECK),
                    EXPECTED,
                    "2 disabled: foreign key of_note on app.tasks, watch on app.tasks");
            failed(
                    database.result(Checks.of("noDisabledTriggers: {schema: APP}")),
                    EXPECTED + " in schema APP",
                    "2 disabled: foreign key of_note on app.tasks, watch on app.tasks");
            passed(
                    database.result(Checks.of("noDisabledTriggers: {schema: public}")),
                    EXPECTED + " in schema public",
                    "none");

            database.execute("ALTER TABLE app.tasks ENABLE TRIGGER ALL");
            passed(database.result(CHECK), EXPECTED, "none");
        }

        @Test
        void eventTriggersAreAmongThem() throws SQLException {
            database.execute(
                    "CREATE FUNCTION nothing() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
                    "CREATE EVENT TRIGGER guard ON ddl_command_end EXECUTE FUNCTION nothing()",
                    "ALTER EVENT TRIGGER guard DISABLE");

            failed(database.result(CHECK), EXPECTED, "1 disabled: event trigger guard");
            error(
                    database.result(Checks.of("noDisabledTriggers: {schema: lost}")),
                    EXPECTED + " in schema lost",
                    "no schema \"lost\"");
        }
    }

    @Nested
    class Orphans {

        private static final Check CHECK = Checks.of("noOrphans: {}");

        @Test
        void ofForeignKeysAreCounted() throws SQLException {
            passed(database.result(CHECK), "no orphans", "1 foreign key looked at, 0 with orphans");
            orphan();

            failed(
                    database.result(CHECK),
                    "no orphans",
                    "1 foreign key looked at, 1 with orphans: app.tasks.of_note:"
                            + " 2 rows of app.tasks(note_id) without one of notes");
            passed(
                    database.result(Checks.of("noOrphans: {schema: public}")),
                    "no orphans in schema public",
                    "0 foreign keys looked at, 0 with orphans");
        }

        @Test
        void ofSeveralColumnsANullRefersToNothingUnlessTheKeyMatchesInFull() throws SQLException {
            database.execute(
                    "CREATE TABLE pairs (a int, b varchar(9), PRIMARY KEY (a, b)) PARTITION BY RANGE (a)",
                    "CREATE TABLE pairs_low PARTITION OF pairs FOR VALUES FROM (0) TO (10)",
                    "INSERT INTO pairs VALUES (1, 'x')",
                    "CREATE TABLE simple (\"A\" int, b varchar(9), FOREIGN KEY (\"A\", b) REFERENCES pairs)",
                    "CREATE TABLE whole (a int, b varchar(9), FOREIGN KEY (a, b) REFERENCES pairs MATCH FULL)",
                    "INSERT INTO simple VALUES (1, 'x'), (1, NULL), (NULL, NULL)",
                    "INSERT INTO whole VALUES (1, 'x'), (NULL, NULL)");
            passed(database.result(CHECK), "no orphans", "3 foreign keys looked at, 0 with orphans");

            database.execute("ALTER TABLE whole DISABLE TRIGGER ALL", "INSERT INTO whole VALUES (1, NULL), (2, 'y')");
            assertThat(database.result(CHECK).observed())
                    .isEqualTo("3 foreign keys looked at, 1 with orphans: public.whole.whole_a_b_fkey:"
                            + " 2 rows of whole(a, b) without one of pairs");
        }

        @Test
        void ofAColumnWithoutAKeyAreCounted() throws SQLException {
            failed(
                    database.result(pair("half", "notes", "id")),
                    "no orphans in tasks.half",
                    "2 rows of app.tasks.half without a row of public.notes.id");
            passed(database.result(pair("note_id", "notes", "ID")), "no orphans in tasks.note_id", "none");
        }

        @Test
        void whatCannotBeLookedAtIsAnError() throws SQLException {
            error(
                    database.result(pair("half", "note", "id")),
                    "no orphans in tasks.half",
                    "no table \"note\" in search_path public; did you mean \"notes\"?");
            error(
                    database.result(pair("halt", "notes", "id")),
                    "no orphans in tasks.halt",
                    "no column \"halt\" in table app.tasks; did you mean \"half\"?");
            error(
                    database.result(pair("half", "notes", "noteType")),
                    "no orphans in tasks.half",
                    "SQLSTATE 42883: operator does not exist: text = integer");
            error(
                    database.result(Checks.of("noOrphans: {table: tasks}")),
                    "no orphans in tasks.null",
                    "table, column and references are not all set");
            database.execute(
                    "DROP ROLE IF EXISTS nobody", "CREATE ROLE nobody LOGIN", "GRANT USAGE ON SCHEMA app TO nobody");
            try (Connection nobody = database.connect("nobody")) {
                error(
                        new Verifier(nobody, Fixture.SESSION)
                                .verify(List.of(CHECK))
                                .checks()
                                .get(0),
                        "no orphans",
                        "SQLSTATE 42501: permission denied for table tasks");
            }
            database.execute("REVOKE ALL ON SCHEMA app FROM nobody", "DROP ROLE nobody");
        }

        @Test
        void aTimeoutIsAnErrorAndHidesNoOtherCheck() throws SQLException {
            database.execute(
                    "CREATE FUNCTION slow(int, int) RETURNS boolean LANGUAGE plpgsql AS"
                            + " 'BEGIN PERFORM pg_sleep(600); RETURN true; END'",
                    "CREATE VIEW sluggish AS SELECT id FROM notes WHERE slow(id, id)");

            Report report = database.verify(
                    new Session(null, null, 50L), pair("half", "sluggish", "id"), Checks.of("noDisabledTriggers: {}"));

            error(
                    report.checks().get(0),
                    "no orphans in tasks.half",
                    "SQLSTATE 57014: canceling statement due to statement timeout");
            passed(report.checks().get(1), "no disabled trigger", "none");
        }

        @Test
        void aKeyThatIsNotEnforcedIsNotLookedAt() throws SQLException {
            assumeTrue(Postgres.version() >= 18);
            database.execute("ALTER TABLE app.tasks ALTER CONSTRAINT of_note NOT ENFORCED");
            database.execute("INSERT INTO app.tasks VALUES (9, 99, 1)");

            passed(
                    database.result(CHECK),
                    "no orphans",
                    "0 foreign keys looked at, 0 with orphans, 1 NOT ENFORCED or of a PERIOD not looked at");
            failed(
                    database.result(pair("note_id", "notes", "id")),
                    "no orphans in tasks.note_id",
                    "1 row of app.tasks.note_id without a row of public.notes.id");
        }

        private void orphan() throws SQLException {
            database.execute(
                    "ALTER TABLE app.tasks DISABLE TRIGGER ALL",
                    "INSERT INTO app.tasks VALUES (4, 99, 1), (5, 98, 1)",
                    "ALTER TABLE app.tasks ENABLE TRIGGER ALL");
        }

        private static Check pair(String column, String table, String referred) {
            return Checks.of("noOrphans: {schema: app, table: tasks, column: " + column + ", references: {table: "
                    + table + ", column: " + referred + "}}");
        }
    }

    @Test
    void anInvalidForeignKeyIsBothNotValidatedAndHasOrphans() throws SQLException {
        database.execute(
                "ALTER TABLE app.tasks ADD CONSTRAINT of_half FOREIGN KEY (half) REFERENCES notes (id) NOT VALID");

        assertThat(database.result(Checks.of("noUnvalidatedConstraints: {}")).observed())
                .startsWith("1 NOT VALID: app.of_half on tasks");
        assertThat(database.result(Checks.of("noOrphans: {}")).observed())
                .contains("app.tasks.of_half: 2 rows of app.tasks(half) without one of notes");
        assertThatThrownBy(() -> database.execute("ALTER TABLE app.tasks VALIDATE CONSTRAINT of_half"))
                .hasMessageContaining("violates foreign key constraint");
    }

    private String value(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            return value(statement, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String value(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
