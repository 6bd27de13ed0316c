package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that a dead attempt's pod has left on the server, seen by the next attempt. */
class EarlierAttemptsTest {

    private static final String OURS = "draft-fields-0a1b2c3d-3-2";
    private static final String EARLIER = "draft-fields-0a1b2c3d-3-1";
    private static final String LOCK = "SELECT pg_advisory_lock(7233464250984980852)";

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("earlier");
    private RunDirectory run;

    @BeforeEach
    void oneFile() {
        run = new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a (n int)");
    }

    @Test
    void oneThatIsIdleInTransactionIsEnded() throws Exception {
        try (Connection dead = session(EARLIER)) {
            execute(dead, LOCK);
            execute(dead, "BEGIN; CREATE TABLE a ()");

            assertThat(apply().outcome()).isEqualTo(Outcome.Applied);

            assertThat(run.log()).contains("ended the idle session of an earlier attempt: " + EARLIER);
            assertThat(dead.isValid(1)).isFalse();
        }
    }

    /** Whether it holds the lock or not: a file may have freed it. */
    @ParameterizedTest
    @ValueSource(strings = {LOCK, "SELECT 1"})
    void oneThatExecutesAStatementIsWaitedFor(String before) throws Exception {
        try (Connection dead = session(EARLIER)) {
            execute(dead, before);
            CompletableFuture<Void> work =
                    CompletableFuture.runAsync(() -> execute(dead, "SELECT pg_sleep(20); CREATE TABLE kept ()"));
            await().until(() -> "active".equals(state(EARLIER)));
            CompletableFuture<Report> next = CompletableFuture.supplyAsync(this::apply);
            await().until(run::log, log -> log.contains("still at work: " + EARLIER));

            assertThat(state(EARLIER)).isEqualTo("active");
            assertThat(database.query("SELECT to_regclass('a')")).isNull();

            cancel();
            assertThat(next.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.Applied);
            assertThat(work).isCompletedExceptionally();
        }
    }

    @Test
    void theWaitIsBoundedByLockWait() throws Exception {
        run.lockWaitMillis = 0;
        try (Connection dead = session(EARLIER)) {
            CompletableFuture<Void> work = CompletableFuture.runAsync(() -> execute(dead, "SELECT pg_sleep(20)"));
            await().until(() -> "active".equals(state(EARLIER)));

            Report report = apply();

            assertThat(report.reason()).isEqualTo(Reason.LockHeld);
            assertThat(report.message()).contains("an earlier attempt of this migration is still at work", EARLIER);
            cancel();
            await().until(work::isDone);
        }
    }

    /** Another migration's, a later attempt, no attempt at all: they merely have the lock or are there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "draft-fields-ffffffff-3-1",
                "draft-fields-0a1b2c3d-3-10",
                "draft-fields-0a1b2c3d-4-1",
                "draft-fields-0a1b2c3d-3-2",
                "draft-fields-0a1b2c3d-3",
                "x-draft-fields-0a1b2c3d-3-1"
            })
    void othersAreLeftAlone(String name) throws Exception {
        run.lockWaitMillis = 0;
        try (Connection other = session(name)) {
            execute(other, LOCK);

            assertThat(apply().reason()).isEqualTo(Reason.LockHeld);

            assertThat(other.isValid(1)).isTrue();
        }
    }

    @Test
    void ofEarlierRunsToo() throws Exception {
        try (Connection dead = session("draft-fields-0a1b2c3d-2-9")) {
            execute(dead, LOCK);

            assertThat(apply().outcome()).isEqualTo(Outcome.Applied);
        }
    }

    private Report apply() {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("PGAPPNAME", OURS);
        return run.apply(environment);
    }

    private Connection session(String name) {
        Connection session = database.connect();
        execute(session, "SET application_name = '" + name + "'");
        return session;
    }

    private String state(String name) {
        return database.query("SELECT state FROM pg_stat_activity WHERE application_name = '" + name + "'");
    }

    private void cancel() {
        database.query(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = '" + EARLIER + "'");
    }

    private static void execute(Connection session, String sql) {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
