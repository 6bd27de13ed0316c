package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on its real input. */
class ApplyTest {

    private static final String MIGRATION = """
            -- Drafts have none of these yet.
            ALTER TABLE %1$s ALTER COLUMN "appointmentId" DROP NOT NULL;
            ALTER TABLE %1$s ALTER COLUMN "sessionDate" DROP NOT NULL;
            ALTER TABLE %1$s ALTER COLUMN "dueDate" DROP NOT NULL;
            """;

    @TempDir
    Path root;

    private Database database;

    @BeforeEach
    void clinic() {
        database = Postgres.shared().newDatabase("clinic");
        database.execute("""
                CREATE TABLE clinical_notes (
                    id serial PRIMARY KEY, "noteType" text, "appointmentId" text NOT NULL,
                    "sessionDate" timestamp NOT NULL, "dueDate" timestamp NOT NULL,
                    UNIQUE ("appointmentId", "noteType"));
                INSERT INTO clinical_notes ("noteType", "appointmentId", "sessionDate", "dueDate")
                SELECT 'draft', 'a' || n, now(), now() FROM generate_series(1, 1000) n
                """);
    }

    @Test
    void dropsNotNullOnATableThatNeverHadAMigration() {
        RunDirectory run =
                new RunDirectory(root).sql("20251119_make_nullable.sql", MIGRATION.formatted("\"clinical_notes\""));

        Report report = run.apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Applied);
        assertThat(report.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0, 0, 0));
        assertThat(report.files().get(0).statements()).hasSize(3);
        database.execute("INSERT INTO clinical_notes (\"noteType\") VALUES ('draft')");
        assertThat(database.query("SELECT count(*) FROM clinical_notes")).isEqualTo("1001");
        assertThat(database.query("SELECT scope || version || file || outcome || statements || application_name"
                        + " || resource_namespace || resource_name || run FROM dbmigration.migrations"))
                .isEqualTo("test2025111920251119_make_nullable.sqlApplied3pod-1ehrdraft-fields3");
        assertThat(run.log())
                .contains("20251119_make_nullable.sql statement 1, line 2: OK")
                .doesNotContain(database.password());
        assertThat(run.log().strip().lines().reduce((first, last) -> last).orElseThrow())
                .startsWith("dbmigration-report: {\"schemaVersion\":1,\"outcome\":\"Applied\"");
    }

    @Test
    void namesTheTableThatWasMeant() {
        Report report = new RunDirectory(root)
                .sql("20251119_make_nullable.sql", MIGRATION.formatted("\"ClinicalNote\""))
                .apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.reason()).isEqualTo(Reason.UndefinedObject);
        assertThat(report.summary()).isEqualTo(new Summary(1, 0, 0, 0, 0, 1, 0));
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.file()).isEqualTo("20251119_make_nullable.sql");
            assertThat(failure.statement()).isEqualTo(1);
            assertThat(failure.line()).isEqualTo(2);
            assertThat(failure.sqlState()).isEqualTo("42P01");
            assertThat(failure.message()).isEqualTo("relation \"ClinicalNote\" does not exist");
            assertThat(failure.hint()).isEqualTo("did you mean \"clinical_notes\"?");
        });
        assertThat(database.query("SELECT to_regclass('dbmigration.migrations')"))
                .isNull();
        assertThat(database.query("SELECT count(*) FROM information_schema.columns"
                        + " WHERE table_name = 'clinical_notes' AND is_nullable = 'YES'"))
                .isEqualTo("1");
    }

    @Test
    void aSecondRunFindsTheLedger() {
        RunDirectory run = new RunDirectory(root).sql("001_nullable.sql", MIGRATION.formatted("clinical_notes"));
        run.apply(database);

        Report second = run.apply(database);

        assertThat(second.outcome()).isEqualTo(Outcome.Applied);
        assertThat(second.summary()).isEqualTo(new Summary(1, 0, 1, 0, 0, 0, 0));
        assertThat(database.query("SELECT count(*) FROM dbmigration.migrations"))
                .isEqualTo("1");
    }
}
