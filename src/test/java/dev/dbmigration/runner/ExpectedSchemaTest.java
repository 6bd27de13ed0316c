package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
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
}
