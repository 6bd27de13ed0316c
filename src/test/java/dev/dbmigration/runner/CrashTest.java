package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** A server that answers COMMIT before it has written anything crashes after a run has been told as applied. */
class CrashTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource
    void whatIsToldAsAppliedIsThereAfterwards(Transaction transaction) throws Exception {
        try (Postgres server = Postgres.startWith(Map.of("synchronous_commit", "off", "wal_writer_delay", "10s"))) {
            Database database = server.newDatabase("crash");
            database.execute("SET synchronous_commit = on; CREATE TABLE a (n int)");
            RunDirectory run = new RunDirectory(root)
                    .sql("1.sql", "INSERT INTO a VALUES (1)")
                    .sql("2.sql", "INSERT INTO a VALUES ((current_setting('synchronous_commit') = 'off')::int + 1)");
            run.transaction = transaction;
            Report report;
            try (Connection other = database.connect()) {
                report = run.apply(database);
                Kill.BACKEND.end(other.unwrap(PGConnection.class).getBackendPID(), database);
            }

            assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.Applied);
            assertThat(database.query("SELECT string_agg(n::text, ' ' ORDER BY n) FROM a"))
                    .isEqualTo("1 2");
            assertThat(run.apply(database).summary().alreadyApplied()).isEqualTo(2);
        }
    }
}
