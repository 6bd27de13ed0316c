package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.CuttingProxy;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that breaks, and what may be said afterwards. */
class UnansweredCommitTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("cut");

    @Test
    void aCommitWithoutAnswerIsUnknownAndTheNextRunFindsItsLedger() throws Exception {
        RunDirectory run =
                new RunDirectory(root).sql("1.sql", "CREATE TABLE a ()").sql("2.sql", "CREATE TABLE b ()");
        Report report = applyThrough(run, "COMMIT");

        assertThat(report.outcome()).isEqualTo(Outcome.Unknown);
        assertThat(report.reason()).isEqualTo(Reason.ConnectionFailed);
        assertThat(report.message()).startsWith("1.sql: at COMMIT: ").contains("only the ledger knows");
        assertThat(report.summary().pending()).isEqualTo(1);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> database.query("SELECT to_regclass('dbmigration.migrations')") != null);
        Report next = run.apply(database);
        assertThat(next.summary().alreadyApplied()).isEqualTo(1);
        assertThat(next.summary().applied()).isEqualTo(1);
    }

    @Test
    void aConnectionLostBeforeCommitKeptNothing() throws Exception {
        RunDirectory run =
                new RunDirectory(root).sql("1.sql", "CREATE TABLE IF NOT EXISTS a (); CREATE TABLE lost_here ()");
        Report report = applyThrough(run, "lost_here");

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.reason()).isEqualTo(Reason.ConnectionFailed);
        assertThat(report.failures().get(0).statement()).isEqualTo(2);
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
    }

    @Test
    void ofStatementsThatGoTogetherTheFirstWithoutAnAnswerIsNamed() throws Exception {
        RunDirectory run = new RunDirectory(root)
                .sql("1.sql", "CREATE TABLE IF NOT EXISTS a (); CREATE TABLE b (); CREATE TABLE lost_here ()");
        Report report = applyThrough(run, "lost_here");

        assertThat(report.reason()).isEqualTo(Reason.ConnectionFailed);
        assertThat(report.failures().get(0).statement()).isEqualTo(2);
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
    }

    @Test
    void aBackendThatIsTerminatedIsAServerShutdown() {
        RunDirectory run =
                new RunDirectory(root).sql("1.sql", "CREATE TABLE a (); SELECT pg_terminate_backend(pg_backend_pid())");

        Report report = run.apply(database);

        assertThat(report.outcome()).isEqualTo(Outcome.Failed);
        assertThat(report.reason()).isEqualTo(Reason.ServerShutdown);
        assertThat(database.query("SELECT to_regclass('a')")).isNull();
    }

    private Report applyThrough(RunDirectory run, String text) throws Exception {
        try (CuttingProxy proxy = CuttingProxy.before(database, text)) {
            Map<String, String> environment = database.environment();
            environment.put("PGPORT", String.valueOf(proxy.port()));
            return run.apply(environment);
        }
    }
}
