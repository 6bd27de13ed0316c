package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.HoldingProxy;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Something is killed while files share messages, the first two and then four: amidst a file, at its row, between its
 * row and its COMMIT, and behind a message. Triggers hold the server there, at advisory locks.
 */
class KilledBatchTest {

    private static final String ATTEMPT = "killed-0a1b2c3d-1-";

    /** Files 1 to 6; each passes a gate between things that take effect once. */
    private static final List<String> FILES = List.of(
            "UPDATE counter SET n = n + 10;\nINSERT INTO gates VALUES (1);\nINSERT INTO a VALUES (6, 'f')",
            "CREATE TABLE made (n int PRIMARY KEY);\nINSERT INTO gates VALUES (2);\nINSERT INTO made SELECT n FROM a",
            "ALTER TABLE a ALTER n TYPE bigint;\nINSERT INTO gates VALUES (3);\nALTER TABLE a RENAME t TO text",
            "INSERT INTO gates VALUES (4);\nALTER TYPE mood ADD VALUE 'calm'",
            "CREATE INDEX a_n ON a (n);\nINSERT INTO gates VALUES (5);\nALTER TABLE made ADD CHECK (n > 0)",
            "DELETE FROM made WHERE n = 1;\nINSERT INTO gates VALUES (6);\nUPDATE counter SET n = n + 100");

    private static final String BEFORE = "CREATE TABLE counter (n int); INSERT INTO counter VALUES (0);"
            + " CREATE TABLE a (n int, t text); INSERT INTO a SELECT n, chr(96 + n) FROM generate_series(1, 5) AS n;"
            + " CREATE TYPE mood AS ENUM ('glad', 'sad'); CREATE TABLE gates (n int);"
            + " CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM"
            + " pg_advisory_xact_lock_shared(TG_ARGV[0]::int, (to_jsonb(NEW) ->> TG_ARGV[1])::int); RETURN NEW; END'";

    /** The numbers of its gates are the ordinals of {@link Gate}. */
    private static final String GATES =
            "CREATE TRIGGER amidst BEFORE INSERT ON gates FOR EACH ROW EXECUTE FUNCTION gate(0, 'n');"
                    + " CREATE TRIGGER before BEFORE INSERT ON dbmigration.migrations FOR EACH ROW"
                    + " EXECUTE FUNCTION gate(1, 'version');"
                    + " CREATE TRIGGER behind AFTER INSERT ON dbmigration.migrations FOR EACH ROW"
                    + " EXECUTE FUNCTION gate(2, 'version')";

    private static Postgres server;
    private static String undisturbed;
    private static List<String> messages;

    @TempDir
    Path root;

    private final Database database = server.newDatabase("batch");
    private RunDirectory run;
    private int attempts;

    /** Where in a file the server is held. */
    enum Gate {
        AMIDST_FILE,
        BEFORE_ROW,
        BEHIND_ROW
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = Postgres.startWith(Map.of("synchronous_commit", "on"));
        KilledBatchTest whole = new KilledBatchTest();
        whole.root = directory;
        whole.prepare();
        try (HoldingProxy proxy = HoldingProxy.open(whole.database)) {
            assertThat(whole.attempt(proxy.front()).outcome()).isEqualTo(Outcome.Applied);
            messages =
                    proxy.messages().stream().filter(each -> !each.equals("X")).toList();
        }
        undisturbed = Facts.of(whole.database);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** With a ledger that is there, and files to come. */
    private void prepare() {
        database.execute(BEFORE);
        run = new RunDirectory(root).sql("0.sql", "UPDATE counter SET n = n + 1");
        run.session = new RunInput.Session(null, 120_000L, null);
        run.lockWaitMillis = 120_000;
        assertThat(run.apply(database).outcome()).isEqualTo(Outcome.Applied);
        database.execute(GATES);
        IntStream.rangeClosed(1, FILES.size()).forEach(i -> run.sql(i + ".sql", FILES.get(i - 1)));
    }

    static Stream<Arguments> all() {
        return Arrays.stream(Kill.values())
                .flatMap(kill -> Arrays.stream(Gate.values())
                        .flatMap(gate -> IntStream.rangeClosed(1, FILES.size())
                                .mapToObj(file -> Arguments.of(kill, gate, file))));
    }

    static Stream<Arguments> some() {
        return Arrays.stream(Kill.values()).map(kill -> Arguments.of(kill, Gate.values()[kill.ordinal()], 4));
    }

    @Test
    void theFilesShareMessages() {
        assertThat(messages.stream()
                        .map(message -> message.split("INSERT INTO \"dbmigration\".migrations", -1).length - 1)
                        .filter(rows -> rows > 0))
                .containsExactly(2, 4);
    }

    @ParameterizedTest
    @MethodSource("some")
    void isKilledInTheThirdOfFour(Kill kill, Gate gate, int file) throws Exception {
        killedAt(kill, gate, file);
    }

    @Tag("kills")
    @ParameterizedTest
    @MethodSource("all")
    void isKilledAnywhere(Kill kill, Gate gate, int file) throws Exception {
        killedAt(kill, gate, file);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kill.class,
            names = {"SESSION", "BACKEND"})
    void isKilledBehindTheMessage(Kill kill) throws Exception {
        int last = IntStream.range(0, messages.size())
                .filter(i -> messages.get(i).contains("INSERT INTO gates VALUES (6)"))
                .findFirst()
                .orElseThrow();
        killedBehind(kill, last + 1);
    }

    static Stream<Arguments> everyMessage() {
        return IntStream.rangeClosed(1, messages.size())
                .boxed()
                .flatMap(message -> Stream.of(Kill.SESSION, Kill.BACKEND).map(kill -> Arguments.of(kill, message)));
    }

    @Tag("kills")
    @ParameterizedTest
    @MethodSource("everyMessage")
    void isKilledBehindEachMessage(Kill kill, int message) throws Exception {
        killedBehind(kill, message);
    }

    private void killedBehind(Kill kill, int message) throws Exception {
        prepare();
        try (HoldingProxy proxy = HoldingProxy.after(database, message)) {
            CompletableFuture<Report> first = CompletableFuture.supplyAsync(() -> attempt(proxy.front()));
            await().atMost(1, TimeUnit.MINUTES).until(proxy::holds);
            kill.end(proxy.backend(), database);
            isTrue(first.get(1, TimeUnit.MINUTES));
        }
        ends(attempt(database));
    }

    private void killedAt(Kill kill, Gate gate, int file) throws Exception {
        prepare();
        CompletableFuture<Report> next;
        try (Connection other = database.connect();
                Statement closed = other.createStatement()) {
            closed.execute("SELECT pg_advisory_lock(" + gate.ordinal() + ", " + file + ")");
            if (kill == Kill.RUNNER) {
                killRunner(gate, file);
                // Its session has the whole message and goes on with it when it may; the next attempt waits for it.
                next = CompletableFuture.supplyAsync(() -> attempt(database));
                await().atMost(1, TimeUnit.MINUTES)
                        .until(() -> next.isDone() || run.log().contains("still at work: " + ATTEMPT));
            } else {
                CompletableFuture<Report> first = CompletableFuture.supplyAsync(() -> attempt(database));
                kill.end(waiting(gate, file), database);
                isTrue(first.get(1, TimeUnit.MINUTES));
                assertThat(recorded()).isEqualTo(file);
                next = null;
            }
        }
        ends(next == null ? attempt(database) : next.get(3, TimeUnit.MINUTES));
    }

    private void killRunner(Gate gate, int file) throws Exception {
        run.write();
        Process process = new RunnerProcess(root, database, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"))
                .start(nextAttempt(), "runner", "apply", root.toString());
        waiting(gate, file);
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    /** The process of the server that waits there, when there is one. */
    private int waiting(Gate gate, int file) {
        String pid = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = "
                + gate.ordinal() + " AND objid = " + file + " AND objsubid = 2";
        return Integer.parseInt(
                await().atMost(1, TimeUnit.MINUTES).until(() -> database.query(pid), found -> found != null));
    }

    /** What an attempt says that was killed: no file is told as applied that is not in the ledger. */
    private void isTrue(Report killed) {
        assertThat(killed.outcome()).isNotEqualTo(Outcome.Applied);
        int told = killed.summary().applied() + killed.summary().alreadyApplied();
        if (killed.outcome() == Outcome.Failed) {
            assertThat(told).as(killed.message()).isIn(0, recorded());
        } else {
            assertThat(told).as(killed.message()).isLessThanOrEqualTo(recorded());
        }
    }

    private int recorded() {
        return Integer.parseInt(database.query("SELECT count(*) FROM dbmigration.migrations"));
    }

    private void ends(Report next) {
        assertThat(next.outcome()).as(next.message() + "\n" + run.log()).isEqualTo(Outcome.Applied);
        assertThat(Facts.of(database)).isEqualTo(undisturbed);
    }

    private Report attempt(Database where) {
        Map<String, String> environment = new HashMap<>(where.environment());
        environment.putAll(nextAttempt());
        return run.apply(environment);
    }

    private Map<String, String> nextAttempt() {
        return Map.of("PGAPPNAME", ATTEMPT + ++attempts, "PGSSLMODE", "disable");
    }
}
