package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that an earlier release has made, and that it may go on writing. */
class EarlierLedgerTest {

    private static final String INSERT = "INSERT INTO dbmigration.migrations (scope, version, file, source, checksum,"
            + " outcome, statements, duration_ms, resource_kind, resource_namespace, resource_name, run) VALUES";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("earlier");

    @BeforeEach
    void earlierLedger() {
        database.execute("CREATE SCHEMA dbmigration; CREATE TABLE dbmigration.migrations (scope text NOT NULL,"
                + " version text NOT NULL, file text NOT NULL, source text NOT NULL, checksum text NOT NULL,"
                + " outcome text NOT NULL, statements integer NOT NULL, duration_ms bigint NOT NULL,"
                + " applied_at timestamptz NOT NULL DEFAULT now(), applied_by text NOT NULL DEFAULT SESSION_USER,"
                + " application_name text NOT NULL DEFAULT '', resource_kind text NOT NULL,"
                + " resource_namespace text NOT NULL, resource_name text NOT NULL, run integer NOT NULL,"
                + " PRIMARY KEY (scope, version))");
        earlierReleaseRecords("1");
    }

    /** What {@code SELECT 1} was applied as. */
    private void earlierReleaseRecords(String version) {
        database.execute(
                INSERT + " ('test', '" + version + "', '" + version + ".sql', 'ConfigMap inline',"
                        + " encode(sha256('SELECT 1'), 'hex'), 'Applied', 1, 1, 'DatabaseMigration', 'ehr', 'draft-fields', 1)");
    }

    @Test
    void isReadAsItIsWhereNothingIsToBeRecorded() {
        Report report = new RunDirectory(root).sql("1.sql", "SELECT 1").apply(database);

        assertThat(report.summary().alreadyApplied()).as(report.message()).isEqualTo(1);
        assertThat(columns()).isEqualTo("15");
    }

    @Test
    void getsItsNewColumnsWithTheFirstFileThatIsRecorded() {
        RunDirectory run = new RunDirectory(root).sql("1.sql", "SELECT 1").sql("2.sql", "SELECT 2");

        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
        earlierReleaseRecords("3");
        Report report = run.sql("3.sql", "SELECT 1").sql("4.sql", "SELECT 4").apply(database);

        assertThat(report.summary().alreadyApplied()).as(report.message()).isEqualTo(3);
        assertThat(database.query("SELECT string_agg(version, ' ' ORDER BY version) FROM dbmigration.migrations"
                        + " WHERE text_checksum IS NULL"))
                .isEqualTo("1 3");
    }

    @Test
    void knowsNothingOfTheTextOfItsFiles() {
        Report report = new RunDirectory(root).sql("1.sql", "SELECT 1\n").apply(database);

        assertThat(report.reason()).isEqualTo(Reason.ChecksumMismatch);
    }

    @Test
    void itsOwnerIsToldWhatToRun() {
        String role = database.name() + "_app";
        database.execute("CREATE ROLE " + role + " LOGIN; GRANT USAGE ON SCHEMA dbmigration TO " + role
                + "; GRANT SELECT, INSERT ON dbmigration.migrations TO " + role);
        RunDirectory run = new RunDirectory(root).sql("2.sql", "SELECT 2");

        Report refused = run.apply(database.as(role, "any"));

        assertThat(refused.reason()).isEqualTo(Reason.PermissionDenied);
        database.execute(refused.failures().get(0).hint().replaceFirst("let its owner run: ", ""));
        assertThat(run.apply(database.as(role, "any")).outcome()).isEqualTo(Outcome.Applied);
    }

    private String columns() {
        return database.query("SELECT count(*) FROM information_schema.columns WHERE table_name = 'migrations'");
    }
}
