package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.HoldingProxy;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two files, one of them around the statement that matters, in a database of their own: whole, or killed once. */
final class KilledRun implements AutoCloseable {

    private static final String ATTEMPT = "killed-0a1b2c3d-1-";
    private static final String COUNT = "SELECT count(*) FROM dbmigration.migrations";

    private final Path root;
    private final Postgres server;
    private final KilledStatement statement;
    private final Database database;
    private final RunDirectory run;
    private int attempts;

    KilledRun(Path root, Postgres server, KilledStatement statement) {
        this.root = root;
        this.server = server;
        this.statement = statement;
        this.database = server.newDatabase("killed");
        server.admin().execute("ALTER SYSTEM RESET ALL");
        statement.before().forEach(database::execute);
        this.run = new RunDirectory(root)
                .sql("001_first.sql", statement.file())
                .sql("002_second.sql", "UPDATE counter SET n = n + 100");
        run.session = new RunInput.Session(null, 120_000L, null);
        run.lockWaitMillis = 120_000;
    }

    /** What came of a run: its messages to the server, without the farewell, and what the database holds then. */
    record Whole(List<String> messages, String facts) {}

    Whole undisturbed() throws Exception {
        try (HoldingProxy proxy = HoldingProxy.open(database)) {
            assertApplied(attempt(proxy.front()));
            List<String> messages =
                    proxy.messages().stream().filter(each -> !each.equals("X")).toList();
            return new Whole(messages, Facts.of(database));
        }
    }

    /** Kills the first attempt when the server has done its message number {@code last}, and nobody has heard of it. */
    void killedAfter(int last, Kill kill, Whole whole) throws Exception {
        try (HoldingProxy proxy = HoldingProxy.after(database, last)) {
            Attempt first = Attempt.begin(this, proxy.front(), kill);
            await().atMost(1, TimeUnit.MINUTES).until(proxy::holds);
            first.end(proxy.backend());
        }
        goesOnTo(whole, attempt(database));
    }

    /** Kills the first attempt while the statement waits for another session. */
    void killedDuring(Kill kill, Whole whole) throws Exception {
        Report second;
        try (Connection other = database.connect()) {
            killWaitingFor(other, kill);
            // A session without its runner goes on with its statement when it may; until then the next attempt waits.
            CompletableFuture<Report> next =
                    kill == Kill.RUNNER ? CompletableFuture.supplyAsync(() -> attempt(database)) : null;
            if (next != null) {
                await().atMost(1, TimeUnit.MINUTES)
                        .until(() -> next.isDone() || run.log().contains("still at work: " + ATTEMPT));
            }
            end(other);
            second = next == null ? attempt(database) : next.get(3, TimeUnit.MINUTES);
        }
        goesOnTo(whole, second);
    }

    /**
     * Kills the first attempt while the statement waits, and the second one when the server has done its message number
     * {@code last}; whether it came so far.
     */
    boolean killedTwice(int last, Whole whole) throws Exception {
        try (Connection other = database.connect()) {
            killWaitingFor(other, Kill.SESSION);
        }
        try (HoldingProxy proxy = HoldingProxy.after(database, last)) {
            CompletableFuture<Report> second = CompletableFuture.supplyAsync(() -> attempt(proxy.front()));
            await().atMost(1, TimeUnit.MINUTES).until(() -> proxy.holds() || second.isDone());
            boolean held = !second.isDone();
            if (held) {
                Kill.SESSION.end(proxy.backend(), database);
            }
            goesOnTo(whole, second.get(1, TimeUnit.MINUTES));
            return held;
        }
    }

    private void killWaitingFor(Connection other, Kill kill) throws Exception {
        begin(other, statement.gate());
        try (HoldingProxy proxy = HoldingProxy.open(database)) {
            Attempt first = Attempt.begin(this, proxy.front(), kill);
            await().atMost(1, TimeUnit.MINUTES).until(() -> waits(proxy.backend()));
            first.end(proxy.backend());
        }
    }

    private void goesOnTo(Whole whole, Report second) {
        boolean again = second.outcome() != Outcome.Applied && second.reason() != Reason.PartiallyApplied;
        Report report = again ? attempt(database) : second;
        if (report.reason() == Reason.PartiallyApplied && statement.mayStayOpen()) {
            assertThat(report.failures().get(0).statement()).isEqualTo(statement.place());
            assertThat(report.failures().get(0).file()).isEqualTo("001_first.sql");
            assertThat(database.query("SELECT begun FROM dbmigration.steps WHERE statement = " + statement.place()))
                    .as("it was begun")
                    .isEqualTo("t");
            return;
        }
        assertApplied(report);
        assertThat(Facts.of(database)).isEqualTo(whole.facts());
    }

    private void assertApplied(Report report) {
        assertThat(report.outcome()).as(report.message() + "\n" + run.log()).isEqualTo(Outcome.Applied);
    }

    private Report attempt(Database where) {
        Map<String, String> environment = new HashMap<>(where.environment());
        environment.putAll(nextAttempt());
        return run.apply(environment);
    }

    /** The session is not encrypted, so that its messages can be counted. */
    private Map<String, String> nextAttempt() {
        return Map.of("PGAPPNAME", ATTEMPT + ++attempts, "PGSSLMODE", "disable");
    }

    private boolean waits(int pid) {
        return "Lock".equals(database.query("SELECT wait_event_type FROM pg_stat_activity WHERE pid = " + pid));
    }

    private static void begin(Connection other, String sql) throws SQLException {
        other.setAutoCommit(false);
        try (Statement jdbc = other.createStatement()) {
            jdbc.execute(sql);
        }
    }

    /** Where the server has ended all sessions it has ended this one too. */
    private static void end(Connection other) throws SQLException {
        if (other.isValid(1)) {
            other.rollback();
        }
    }

    /** The first attempt, under way. */
    private interface Attempt {

        void end(int pid) throws Exception;

        static Attempt begin(KilledRun run, Database front, Kill kill) throws Exception {
            return kill == Kill.RUNNER ? run.process(front) : run.here(front, kill);
        }
    }

    private Attempt process(Database front) throws Exception {
        run.write();
        List<String> quick = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        Process process =
                new RunnerProcess(root, front, quick).start(nextAttempt(), "runner", "apply", root.toString());
        return pid -> {
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        };
    }

    /** In this process; what it reports must be true of the ledger. */
    private Attempt here(Database front, Kill kill) {
        CompletableFuture<Report> first = CompletableFuture.supplyAsync(() -> attempt(front));
        return pid -> {
            kill.end(pid, database);
            Report report = first.get(1, TimeUnit.MINUTES);
            assertThat(report.outcome()).isNotEqualTo(Outcome.Applied);
            if (report.outcome() == Outcome.Failed) {
                assertThat(report.summary().applied())
                        .as("files in the ledger; " + report.message())
                        .isEqualTo(recorded());
            }
        };
    }

    private int recorded() {
        boolean there = database.query("SELECT to_regclass('dbmigration.migrations')") != null;
        return there ? Integer.parseInt(database.query(COUNT)) : 0;
    }

    @Override
    public void close() {
        server.admin().execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
    }
}
