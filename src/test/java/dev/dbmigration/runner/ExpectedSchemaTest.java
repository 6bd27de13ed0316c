package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether these files have made this schema. */
class ExpectedSchemaTest {

    @TempDir
    Path root;

    private static Postgres beside;

    private Database database;
    private RunDirectory run;

    @BeforeAll
    static void start() {
        beside = ScratchPostgres.start();
    }

    @AfterAll
    static void stop() {
        beside.close();
    }

    @BeforeEach
    void create() {
        database = Postgres.shared().newDatabase("expected");
        run = new RunDirectory(root);
    }

    private CheckResult verify(String... ignore) {
        run.checks = List.of(ExpectedSchemas.check(ignore));
        return run.verify(database, beside.admin()).checks().get(0);
    }

    private void apply() {
        Report report = run.apply(database);
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
    }

    @Test
    void aTableThatWasThereIsSeenToLackColumns() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int PRIMARY KEY, title text);\n");
        run.file(
                "second",
                "002_more.sql",
                "-- over the first\nCREATE TABLE IF NOT EXISTS tasks (\n"
                        + " id int PRIMARY KEY, title text, due date, done boolean);\n");
        apply();

        CheckResult result = verify();

        assertThat(result.result()).as(run.log()).isEqualTo(CheckResult.Result.Failed);
        assertThat(result.observed())
                .isEqualTo("1 difference: statement 002_more.sql line 2: table public.tasks exists and differs:"
                        + " columns due, done missing");
    }

    @Test
    void nothingIsWrongWithWhatTheFilesHaveMade() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id serial PRIMARY KEY, title text);\n");
        apply();

        CheckResult result = verify();

        assertThat(result.result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);
        assertThat(result.observed()).matches("\\d+ objects as the files make them");
        assertThat(beside.admin().query("SELECT count(*) FROM pg_database WHERE datname LIKE 'expected%'"))
                .isEqualTo("0");
        assertThat(root.resolve("end")).exists();
    }

    @Test
    void nothingIsWrittenToTheTarget() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id serial PRIMARY KEY, title text);\n");
        apply();
        String facts = Facts.of(database);
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

        assertThat(verify().result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);

        Postgres.shared().admin().execute("ALTER DATABASE " + database.name() + " RESET default_transaction_read_only");
        assertThat(Facts.of(database)).isEqualTo(facts);
    }

    @Test
    void aSkipThatALaterStatementMakesGoodIsNone() {
        run.file("a", "001_tasks.sql", "CREATE TABLE tasks (id int, title text);\n");
        run.file(
                "b",
                "002_more.sql",
                "CREATE TABLE IF NOT EXISTS tasks (id int, title text, due date);\n"
                        + "ALTER TABLE tasks ADD COLUMN IF NOT EXISTS due date;\n");
        apply();

        CheckResult result = verify();

        assertThat(result.result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);
        assertThat(run.log())
                .contains("statement 002_more.sql line 1: table public.tasks exists and differed; later statements");
    }

    @Test
    void skippedColumnsIndexesAndKindsAreHeldAgainstWhatIsThere() {
        run.file(
                "a",
                "001_tasks.sql",
                "CREATE TABLE tasks (id int PRIMARY KEY, due text, \"Order\" int);\n"
                        + "CREATE INDEX by_due ON tasks (due);\nCREATE VIEW open AS SELECT id FROM tasks;\n"
                        + "CREATE SEQUENCE numbers;\n");
        run.file(
                "b",
                "002_more.sql",
                "ALTER TABLE tasks ADD COLUMN IF NOT EXISTS due date, ADD COLUMN IF NOT EXISTS \"Order\" int,\n"
                        + " ADD COLUMN IF NOT EXISTS note text;\n"
                        + "CREATE UNIQUE INDEX IF NOT EXISTS by_due ON tasks (due);\n"
                        + "CREATE TABLE IF NOT EXISTS open (id int);\n"
                        + "CREATE SEQUENCE IF NOT EXISTS numbers INCREMENT 2;\n"
                        + "CREATE SCHEMA IF NOT EXISTS public;\n");
        run.file("c", "003_outside.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS by_due ON tasks (id);\n");
        apply();

        assertThat(verify().result()).isEqualTo(CheckResult.Result.Failed);

        assertThat(run.log())
                .contains(
                        "statement 002_more.sql line 1: table public.tasks exists and differs:"
                                + " column due is text instead of date\n",
                        "statement 002_more.sql line 3: index public.by_due exists and differs: index public.by_due is"
                                + " CREATE INDEX by_due ON public.tasks USING btree (due) instead of CREATE UNIQUE",
                        "statement 002_more.sql line 4: view public.open exists and differs: table public.open"
                                + " missing\n",
                        "statement 002_more.sql line 5: sequence public.numbers exists and differs: ",
                        "statement 002_more.sql line 6: public exists and is the same\n",
                        "statement 003_outside.sql line 1: index public.by_due exists and differs: ");
    }

    @Test
    void whatABlockSkipsNobodyKnowsUnlessAPersonHasLooked() {
        run.file("a", "001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        run.file("b", "002_more.sql", "DO $$ BEGIN CREATE TABLE IF NOT EXISTS tasks (id int, due date); END $$;\n");
        apply();

        CheckResult unknown = verify();
        CheckResult looked = verify("statement 002_more.sql *");

        assertThat(unknown.result()).isEqualTo(CheckResult.Result.Error);
        assertThat(unknown.observed()).contains("002_more.sql line 1", "could not be looked at alone");
        assertThat(looked.result()).isEqualTo(CheckResult.Result.Passed);
        assertThat(looked.observed()).endsWith("as the files make them, 1 ignored");
    }

    @Test
    void whatIsIgnoredDoesNotCountAndOtherSchemasAreNobodysBusiness() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        apply();
        database.execute("CREATE INDEX tmp_one ON tasks (id); CREATE SCHEMA others CREATE TABLE more (id int);"
                + " CREATE TABLE schema_migrations (version text)");

        assertThat(verify().observed()).isEqualTo("1 difference: extra index public.tmp_one");
        assertThat(verify("index public.tmp_*").result()).isEqualTo(CheckResult.Result.Passed);
    }

    @Test
    void columnsInAnotherOrderAreAWarning() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int, title text, due date);\n");
        apply();
        database.execute("ALTER TABLE tasks DROP COLUMN title; ALTER TABLE tasks ADD COLUMN title text");

        assertThat(verify().result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);
        assertThat(run.log()).contains("warning: the columns of table public.tasks come in another order");
    }

    @Test
    void whatWasThereBeforeTheFilesIsCopied() {
        String name = database.name();
        database.execute("CREATE ROLE reader_of_" + name + "; CREATE ROLE owner_of_" + name + " LOGIN SUPERUSER;"
                + " ALTER ROLE owner_of_" + name + " SET search_path = " + name + ", public;"
                + " ALTER DEFAULT PRIVILEGES FOR ROLE owner_of_" + name + " GRANT SELECT ON TABLES TO reader_of_" + name
                + "; ALTER DATABASE " + name + " SET app.office = '7'; CREATE EXTENSION pg_trgm;"
                + " CREATE SCHEMA extras; CREATE EXTENSION hstore SCHEMA extras");
        database = database.as("owner_of_" + name, "any");
        run.sql(
                "001_tasks.sql",
                "CREATE SCHEMA " + name + ";\nCREATE TABLE tasks (id int DEFAULT current_setting('app.office')::int,"
                        + " title text, more extras.hstore);\nCREATE INDEX ON tasks USING gin (title gin_trgm_ops);\n"
                        + "CREATE EXTENSION citext;\nGRANT UPDATE ON tasks TO reader_of_" + name + ";\n");
        apply();

        CheckResult result = verify();

        assertThat(result.result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);
        assertThat(database.query("SELECT schemaname FROM pg_tables WHERE tablename = 'tasks'"))
                .isEqualTo(name);
    }

    @Test
    void aFileThatDoesNotApplyToAnEmptyDatabaseIsNoVerdict() {
        database.execute("CREATE TABLE tasks (id int)");
        run.sql("001_more.sql", "ALTER TABLE tasks ADD due date;\n");
        apply();

        CheckResult result = verify();

        assertThat(result.result()).isEqualTo(CheckResult.Result.Error);
        assertThat(result.observed())
                .contains(
                        "the files do not apply to an empty database",
                        "001_more.sql line 1: relation \"tasks\" does not exist");
    }

    @Test
    void aBaselineWhoseFilesAreAbsentIsNoVerdict() {
        database.execute("CREATE TABLE tasks (id int)");
        run.sql("002_more.sql", "CREATE TABLE more (id int);\n");
        run.ledgerRules = new RunInput.LedgerRules(null, null, null, "1");
        apply();

        CheckResult result = verify();

        assertThat(result.result()).isEqualTo(CheckResult.Result.Error);
        assertThat(result.observed()).contains("everything up to 1 before its first run", "not at hand");
    }

    @Test
    void aBaselineWhoseFilesAreThereIsReplayedFromItsBeginning() {
        database.execute("CREATE TABLE tasks (id int)");
        run.file("all", "001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        run.file("all", "002_more.sql", "CREATE TABLE more (id int);\n");
        run.ledgerRules = new RunInput.LedgerRules(null, null, null, "1");
        apply();

        assertThat(verify().result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);

        database.execute("ALTER TABLE tasks ADD due date");
        assertThat(verify().observed()).isEqualTo("1 difference: extra column public.tasks.due");
    }

    @Test
    void aFileThatWasAppliedAndIsGoneOrEditedIsNoVerdict() throws IOException {
        run.file("all", "001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        run.file("all", "002_more.sql", "CREATE TABLE more (id int);\n");
        apply();

        run.file("all", "002_more.sql", "CREATE TABLE more (id bigint);\n");
        CheckResult edited = verify();
        Files.delete(root.resolve("sources/all/002_more.sql"));
        CheckResult gone = verify();

        assertThat(edited.result()).isEqualTo(CheckResult.Result.Error);
        assertThat(edited.observed()).contains("002_more.sql: the file is not the one that was applied");
        assertThat(gone.result()).isEqualTo(CheckResult.Result.Error);
        assertThat(gone.observed()).contains("002_more.sql: the file stands in the ledger and is not at hand");
    }

    @Test
    void theSchemaThatTheFilesWorkInMayBeSomebodyElses() {
        database.execute("CREATE SCHEMA clinic");
        run.session = new RunInput.Session("clinic", null, null);
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        apply();

        assertThat(verify().result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);

        database.execute("ALTER TABLE clinic.tasks ADD due date");
        assertThat(verify().observed()).isEqualTo("1 difference: extra column clinic.tasks.due");
    }

    @Test
    void theValueOfASettingIsToldNobody() {
        run.sql("001_secret.sql", "ALTER DATABASE " + database.name() + " SET app.key = 'of-the-files';\n");
        apply();
        database.execute("ALTER DATABASE " + database.name() + " RESET app.key");

        CheckResult lost = verify();

        assertThat(lost.observed()).isEqualTo("1 difference: missing setting app.key of the database");
        assertThat(run.log()).doesNotContain("of-the-files").contains("expected a value that is not told");
    }

    @Test
    void whatOthersHaveBeenGivenOfASchemaThatTheFilesDoNotMakeIsTheirs() {
        run.sql("001_tasks.sql", "CREATE TABLE tasks (id int);\n");
        apply();
        String reader = "reader_of_" + database.name();
        database.execute("CREATE ROLE " + reader + "; GRANT USAGE ON SCHEMA public TO " + reader);

        assertThat(verify().result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);

        database.execute("GRANT SELECT ON tasks TO " + reader);
        assertThat(verify().observed())
                .isEqualTo("1 difference: extra privileges of " + reader + " on table public.tasks");
    }

    @Test
    void partitionsThatTimeHasMadeAreNotExtra() {
        run.sql("001_events.sql", "CREATE TABLE events (at date PRIMARY KEY) PARTITION BY RANGE (at);\n");
        apply();
        database.execute(
                "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");

        assertThat(verify().result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);

        database.execute("ALTER TABLE events ADD what text");
        assertThat(verify().observed()).isEqualTo("1 difference: extra column public.events.what");
    }

    @Test
    void aTemporaryTableIsSeenTooAndIsNoDifferenceInTheEnd() {
        run.sql(
                "001_tasks.sql",
                "CREATE TEMP TABLE seen (id int);\nCREATE TEMP TABLE IF NOT EXISTS seen (id int, at date);\n");
        apply();

        assertThat(verify().result()).as(run.log()).isEqualTo(CheckResult.Result.Passed);
        assertThat(run.log())
                .containsPattern("statement 001_tasks.sql line 2: table pg_temp_\\d+.seen exists and differed");
    }
}
