package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.Results.error;
import static dev.dbmigration.runner.verify.Results.failed;
import static dev.dbmigration.runner.verify.Results.passed;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dbmigration.testing.Postgres;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one version of PostgreSQL has and another has not. */
class ServerVersionsTest {

    private Fixture database;

    @BeforeEach
    void create() throws SQLException {
        database = new Fixture("CREATE TABLE tasks (id int NOT NULL, title text)");
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void thePublicSchemaBelongsToTheDatabasesOwnerFrom15On() throws SQLException {
        String owner = Postgres.version() < 15 ? "postgres" : "pg_database_owner";
        passed(database.result(Checks.of("schema: {name: public, owner: " + owner + "}")), "owner " + owner);
        failed(
                database.result(Checks.of("schema: {name: public, owner: somebody}")),
                "owner somebody",
                "owner " + owner);
    }

    @Test
    void aNotNullIsAConstraintWithANameFrom18On() throws SQLException {
        passed(
                database.result(Checks.of("constraint: {table: tasks, type: NotNull, columns: [id]}")),
                "NOT NULL constraint, columns id");
        failed(
                database.result(Checks.of("constraint: {table: tasks, type: NotNull, columns: [title]}")),
                "NOT NULL constraint, columns title",
                "NOT NULL constraint, columns id");
        String named = "constraint: {table: tasks, name: tasks_id_not_null, columns: [id]}";
        if (Postgres.version() < 18) {
            failed(
                    database.result(Checks.of(named)),
                    "columns id",
                    "no constraint \"tasks_id_not_null\" on table public.tasks");
        } else {
            passed(database.result(Checks.of(named)), "columns id");
        }
    }

    @Test
    void aNotNullThatIsNotValidatedIsNeitherNorFrom18On() throws SQLException {
        assumeTrue(Postgres.version() >= 18, "NOT NULL NOT VALID");
        database.execute(
                "INSERT INTO tasks VALUES (1, NULL)",
                "ALTER TABLE tasks ADD CONSTRAINT titled NOT NULL title NOT VALID");

        failed(
                database.result(Checks.of("column: {table: tasks, name: title, nullable: false}")),
                "NOT NULL",
                "NOT NULL, which is NOT VALID");
        failed(
                database.result(Checks.of("column: {table: tasks, name: title, nullable: true}")),
                "nullable",
                "NOT NULL, which is NOT VALID");
        failed(
                database.result(Checks.of("constraint: {table: tasks, name: titled, validated: true}")),
                "validated",
                "NOT VALID");
    }

    @Test
    void aConstraintMayBeNotEnforcedFrom18On() throws SQLException {
        database.execute("ALTER TABLE tasks ADD CONSTRAINT positive CHECK (id > 0)"
                + (Postgres.version() < 18 ? "" : " NOT ENFORCED"));
        String found = Postgres.version() < 18 ? "enforced" : "NOT ENFORCED";
        String other = Postgres.version() < 18 ? "NOT ENFORCED" : "enforced";

        passed(
                database.result(Checks.of(
                        "constraint: {table: tasks, name: positive, enforced: " + found.equals("enforced") + "}")),
                found);
        failed(
                database.result(Checks.of(
                        "constraint: {table: tasks, name: positive, enforced: " + other.equals("enforced") + "}")),
                other,
                found);
    }

    @Test
    void aGeneratedColumnMayBeVirtualFrom18On() throws SQLException {
        String kind = Postgres.version() < 18 ? "Stored" : "Virtual";
        database.execute("ALTER TABLE tasks ADD COLUMN twice int GENERATED ALWAYS AS (id * 2) " + kind);

        passed(
                database.result(
                        Checks.of("column: {table: tasks, name: twice, generated: " + kind + ", expression: id * 2}")),
                "generated " + kind + ", expression id * 2");
        String other = Postgres.version() < 18 ? "Virtual" : "Stored";
        failed(
                database.result(Checks.of("column: {table: tasks, name: twice, generated: " + other + "}")),
                "generated " + other,
                "generated " + kind);
    }

    @Test
    void maintainIsAPrivilegeFrom17On() throws SQLException {
        String check = "privilege: {role: public, privileges: [Maintain], name: tasks}";
        if (Postgres.version() < 17) {
            error(
                    database.result(Checks.of(check)),
                    "MAINTAIN to public",
                    "SQLSTATE 22023: unrecognized privilege type: \"…\"");
            return;
        }
        failed(database.result(Checks.of(check)), "MAINTAIN to public on table public.tasks", "MAINTAIN not granted");
        database.execute("GRANT MAINTAIN ON tasks TO PUBLIC");
        passed(database.result(Checks.of(check)), "MAINTAIN to public on table public.tasks");
    }
}
