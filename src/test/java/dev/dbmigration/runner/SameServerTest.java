package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.check.Scratch;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay on the very server that is checked, on request. */
class SameServerTest {

    @TempDir
    Path root;

    private Database database;
    private Database plain;
    private RunDirectory run;

    /** The owner of the database may make another one, and nothing that goes beyond it. */
    @BeforeEach
    void create() {
        database = Postgres.shared().newDatabase("same");
        String owner = database.name() + "_owner";
        database.execute("CREATE ROLE " + owner + " LOGIN CREATEDB; ALTER DATABASE " + database.name() + " OWNER TO "
                + owner + "; GRANT ALL ON SCHEMA public TO " + owner);
        plain = database.as(owner, "any");
        run = new RunDirectory(root);
    }

    private CheckResult verify(Database as) {
        Scratch.SameServer there = new Scratch.SameServer(database.name() + "_replay", null);
        run.checks = List.of(ExpectedSchemas.check(new Scratch(null, there)));
        return run.verify(as, as).checks().get(0);
    }

    private String databases() {
        return Postgres.shared()
                .admin()
                .query("SELECT string_agg(datname, ' ') FROM pg_database WHERE datname LIKE '" + database.name()
                        + "\\_%'");
    }

    @Test
    void ownersAreMappedAndTheDatabaseGoesAgain() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id serial PRIMARY KEY, title text);\n");
        assertThat(run.apply(plain).outcome()).isEqualTo(Outcome.Applied);

        assertThat(verify(plain).result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);

        database.execute("ALTER TABLE tasks DROP COLUMN title");
        assertThat(verify(plain).observed()).isEqualTo("1 difference: missing column public.tasks.title");
        assertThat(databases()).isNull();
    }

    @Test
    void aUserWhoMayHarmTheServerIsRefused() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        assertThat(run.apply(plain).outcome()).isEqualTo(Outcome.Applied);
        database.execute("CREATE ROLE " + database.name() + "_creator CREATEROLE; GRANT " + database.name()
                + "_creator TO " + plain.user());

        CheckResult result = verify(plain);

        assertThat(result.result()).isEqualTo(CheckResult.Result.Error);
        assertThat(result.observed()).contains(database.name() + "_creator, which has SUPERUSER, CREATEROLE");
        assertThat(verify(database).observed()).contains("postgres, which has SUPERUSER");
    }

    @Test
    void filesThatReachBeyondTheirDatabaseAreNotReplayed() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int);\n\nCREATE ROLE reader_of_" + database.name() + ";\n");
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
        database.execute("GRANT USAGE ON SCHEMA dbmigration TO " + plain.user()
                + "; GRANT SELECT ON ALL TABLES IN SCHEMA dbmigration TO " + plain.user());

        CheckResult result = verify(plain);

        assertThat(result.result()).isEqualTo(CheckResult.Result.Error);
        assertThat(result.observed()).contains("001_tasks.sql line 3 acts on the whole server");
    }

    @Test
    void aDatabaseOfSomebodyElseIsNeverDropped() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        assertThat(run.apply(plain).outcome()).isEqualTo(Outcome.Applied);
        plain.execute("CREATE DATABASE " + database.name() + "_replay");

        CheckResult result = verify(plain);

        assertThat(result.result()).isEqualTo(CheckResult.Result.Error);
        assertThat(result.observed()).contains("is there that is not ours to drop");
        assertThat(databases()).isEqualTo(database.name() + "_replay");
    }

    @Test
    void whatAKilledAttemptHasLeftGoesFirst() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        assertThat(run.apply(plain).outcome()).isEqualTo(Outcome.Applied);
        String left = database.name() + "_replay";
        plain.execute("CREATE DATABASE " + left);
        plain.execute("COMMENT ON DATABASE " + left + " IS 'scratch database of dbmigration-operator, to be dropped'");

        assertThat(verify(plain).result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);
        assertThat(databases()).isNull();
    }
}
