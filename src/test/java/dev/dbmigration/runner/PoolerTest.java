package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.PgBouncer;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real pooler between runner and server. */
class PoolerTest {

    @TempDir
    Path root;

    @TempDir
    Path settings;

    private final Database database = Postgres.shared().newDatabase("pooled");

    @BeforeAll
    static void isThere() {
        assumeTrue(PgBouncer.isThere(), "no PgBouncer on this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement"})
    void oneThatSharesSessionsIsRefusedBeforeAnythingIsSet(String mode) throws IOException {
        try (PgBouncer bouncer = PgBouncer.start(database, mode, settings)) {
            Report report =
                    new RunDirectory(root).sql("1.sql", "CREATE TABLE a ()").apply(bouncer.through(database));

            assertThat(report.reason()).as(report.message()).isEqualTo(Reason.PooledConnection);
            assertThat(report.message()).contains("spec.database.host");
            assertThat(database.query("SELECT to_regclass('a')")).isNull();
            assertThat(bouncer.through(database).query("SELECT current_setting('lock_timeout')"))
                    .isEqualTo("0");
            assertThat(database.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void oneThatKeepsSessionsApartWorks() throws IOException {
        try (PgBouncer bouncer = PgBouncer.start(database, "session", settings)) {
            Report report = new RunDirectory(root)
                    .sql("1.sql", "CREATE TABLE a (n int);\nCREATE INDEX CONCURRENTLY ON a (n)")
                    .apply(bouncer.through(database));

            assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
        }
    }
}
