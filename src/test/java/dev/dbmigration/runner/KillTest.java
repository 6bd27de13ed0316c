package dev.dbmigration.runner;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dbmigration.runner.KilledRun.Whole;
import dev.dbmigration.testing.Postgres;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The runner or its session is killed at each point of each kind of statement; the next attempts make the same database
 * of it as a run that nobody disturbs, or say of which statement they do not know how far it came.
 */
class KillTest {

    /** A server that keeps what it has answered, as one does unless it is told otherwise. */
    private static Postgres server;

    private static final Map<KilledStatement, Whole> UNDISTURBED = new EnumMap<>(KilledStatement.class);

    @TempDir
    Path root;

    @BeforeAll
    static void start() {
        server = Postgres.startWith(Map.of("synchronous_commit", "on"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> sessions() {
        return Stream.of(KilledStatement.values())
                .flatMap(statement -> Stream.of(KillPoint.values())
                        .filter(point -> point.isOf(statement))
                        .map(point -> Arguments.of(statement, point)));
    }

    static Stream<Arguments> processes() {
        return sessions()
                .filter(each -> each.get()[1] == KillPoint.DURING || each.get()[1] == KillPoint.BEHIND_STATEMENT);
    }

    static Stream<Arguments> all() {
        return Stream.of(KilledStatement.values())
                .flatMap(statement -> Arrays.stream(Kill.values()).map(kill -> Arguments.of(statement, kill)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sessions")
    void theSessionIsEnded(KilledStatement statement, KillPoint point) throws Exception {
        killed(statement, point, Kill.SESSION);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("processes")
    void theRunnerIsKilled(KilledStatement statement, KillPoint point) throws Exception {
        killed(statement, point, Kill.RUNNER);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("processes")
    void theServersProcessIsKilled(KilledStatement statement, KillPoint point) throws Exception {
        killed(statement, point, Kill.BACKEND);
    }

    /** The same without a choice of points. */
    @Tag("kills")
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("all")
    void anythingIsKilledBehindEachMessage(KilledStatement statement, Kill kill) throws Exception {
        List<String> messages = whole(statement).messages();
        for (int last = 1; last <= messages.size(); last++) {
            String where = "%s, killed behind message %d of %d: %s"
                    .formatted(statement, last, messages.size(), messages.get(last - 1));
            try (KilledRun run = new KilledRun(root.resolve(String.valueOf(last)), server, statement)) {
                run.killedAfter(last, kill, whole(statement));
            } catch (AssertionError e) {
                throw new AssertionError(where, e);
            }
        }
    }

    /** What an attempt does with the remains of the one before may be ended too. */
    @Tag("kills")
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ALTER_SYSTEM", "DISCARD_ALL"})
    void theNextAttemptIsKilledToo(KilledStatement statement) throws Exception {
        boolean held = true;
        for (int last = 1; held; last++) {
            try (KilledRun run = new KilledRun(root.resolve(String.valueOf(last)), server, statement)) {
                held = run.killedTwice(last, whole(statement));
            } catch (AssertionError e) {
                throw new AssertionError(statement + ", the second attempt killed behind its message " + last, e);
            }
        }
    }

    private void killed(KilledStatement statement, KillPoint point, Kill kill) throws Exception {
        Whole whole = whole(statement);
        try (KilledRun run = new KilledRun(root.resolve("killed"), server, statement)) {
            if (point == KillPoint.DURING) {
                run.killedDuring(kill, whole);
            } else {
                run.killedAfter(point.message(statement, whole.messages()), kill, whole);
            }
        }
    }

    private Whole whole(KilledStatement statement) throws Exception {
        assumeThat(Postgres.version()).isGreaterThanOrEqualTo(statement.since());
        if (!UNDISTURBED.containsKey(statement)) {
            try (KilledRun run = new KilledRun(root.resolve("undisturbed"), server, statement)) {
                UNDISTURBED.put(statement, run.undisturbed());
            }
        }
        return UNDISTURBED.get(statement);
    }
}
