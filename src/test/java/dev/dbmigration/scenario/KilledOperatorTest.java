package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.testing.Answer;
import dev.dbmigration.testing.ApiRequest;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator is killed at each of its writes, just before it reaches the API server and just after, and another one
 * takes over. What the tests walk is the list of writes of an undisturbed run, which is checked on the way.
 */
class KilledOperatorTest {

    private static final List<String> SQL_WRITES = List.of(
            "create configmaps",
            "create pods",
            "update databasemigrations/status",
            "create events",
            "update databasemigrations/status",
            "create events");

    private static final List<String> CONTAINER_WRITES = List.of(
            "update databasemigrations/status",
            "create pods",
            "update databasemigrations/status",
            "create events",
            "update databasemigrations/status",
            "create events");

    /** Which of these records that the container runs. */
    private static final int RUNNING = 2;

    @TempDir
    Path gate;

    /** Whether the write that kills the operator is processed first. */
    private enum Killed {
        BEFORE,
        AFTER
    }

    /** What the operator wrote that is to be killed, and whether it is. */
    private record First(List<String> writes, AtomicBoolean dead) {}

    static Stream<Arguments> steps() {
        return IntStream.range(0, SQL_WRITES.size())
                .boxed()
                .flatMap(step -> Stream.of(Killed.values()).map(when -> Arguments.of(step, when)));
    }

    @ParameterizedTest(name = "{1} write {0}")
    @MethodSource("steps")
    void anSqlRunEndsTheSame(int step, Killed when) {
        Database database = Postgres.shared().newDatabase("killed");
        try (Stage stage = new Stage(Clock.systemUTC())) {
            stage.secretFor(database, "db");
            First first = kill(stage, step, when);
            stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
            takeOver(stage, first);

            DatabaseMigration done = stage.awaitPhase("m", "Applied");

            assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
            assertThat(done.getStatus().run().number()).isEqualTo(1);
            assertThat(done.getStatus().run().attempt()).isEqualTo(1);
            startedOnce(stage);
            assertThat(first.writes.get(step)).isEqualTo(SQL_WRITES.get(step));
        }
    }

    @ParameterizedTest(name = "{1} write {0}")
    @MethodSource("steps")
    void aContainerIsStartedAtMostOnce(int step, Killed when) {
        Database database = Postgres.shared().newDatabase("killed");
        boolean unknowable = step == 0 && when == Killed.AFTER || step == 1 && when == Killed.BEFORE;
        try (Stage stage = new Stage(Clock.systemUTC())) {
            stage.secretFor(database, "db");
            // The container's end must not come before its running has been recorded, or that is never written.
            Path recorded = gate.resolve("recorded");
            First first = kill(stage, step, when, () -> open(recorded));
            stage.migration(
                    OneFile.container("m", database, "until [ -e " + recorded + " ]; do sleep 0.05; done; echo ran"));
            takeOver(stage, first);

            DatabaseMigration done = stage.awaitPhase("m", unknowable ? "Unknown" : "Applied");

            assertThat(done.getStatus().run().number()).isEqualTo(1);
            assertThat(done.getStatus().run().attempt()).isEqualTo(1);
            assertThat(stage.pods()).hasSize(unknowable ? 0 : 1);
            startedOnce(stage);
            assertThat(first.writes.get(step)).isEqualTo(CONTAINER_WRITES.get(step));
        }
    }

    /** The writes of a run with checks that follow those of the migration alone; two controllers make them by turns. */
    @ParameterizedTest(name = "write {0}")
    @ValueSource(ints = {6, 7, 8, 9, 10, 11})
    void aVerificationComesToTheSameVerdict(int step) {
        Database database = Postgres.shared().newDatabase("killed");
        try (Stage stage = new Stage(Clock.systemUTC())) {
            stage.secretFor(database, "db");
            First first = kill(stage, step, Killed.AFTER);
            stage.migration(OneFile.inline(
                    "m", database, OneFile.COUNTING, "  verify: {checks: [{name: t, table: {name: effect}}]}"));
            takeOver(stage, first);

            DatabaseMigration done = stage.awaitPhase("m", "Verified");

            assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
            assertThat(done.getStatus().run().attempt()).isEqualTo(1);
            MigrationVerification verification = stage.awaitVerification("m", "Verified");
            assertThat(verification.getStatus().run().number()).isEqualTo(1);
            assertThat(verification.getStatus().run().attempt()).isEqualTo(1);
            startedOnce(stage);
        }
    }

    private static First kill(Stage stage, int step, Killed when) {
        return kill(stage, step, when, () -> {});
    }

    /**
     * From the write at this step on, the first operator reaches nothing any more.
     *
     * @param running called when the write that records a running container is through, or will never be
     */
    private static First kill(Stage stage, int step, Killed when, Runnable running) {
        List<String> writes = new CopyOnWriteArrayList<>();
        AtomicInteger count = new AtomicInteger();
        AtomicBoolean dead = new AtomicBoolean();
        stage.api.intercept(request -> request.by("first"), (request, next) -> {
            if (dead.get()) {
                return Answer.LOST;
            }
            if (!request.isWrite()) {
                return next.apply(request);
            }
            writes.add(word(request));
            int number = count.getAndIncrement();
            if (number < step) {
                Answer answer = next.apply(request);
                if (number == RUNNING) {
                    running.run();
                }
                return answer;
            }
            dead.set(true);
            if (when == Killed.AFTER) {
                next.apply(request);
            }
            running.run();
            return Answer.LOST;
        });
        stage.startOperator("first");
        return new First(writes, dead);
    }

    private static void open(Path gate) {
        try {
            Files.writeString(gate, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void takeOver(Stage stage, First first) {
        await("the first operator's end after " + first.writes)
                .atMost(Duration.ofSeconds(30))
                .untilTrue(first.dead);
        stage.abandonOperator();
        stage.startOperator("second");
    }

    private static void startedOnce(Stage stage) {
        for (Pod pod : stage.pods()) {
            assertThat(stage.kubelet.starts(pod.getMetadata().getName())).isEqualTo(1);
        }
    }

    private static String word(ApiRequest request) {
        return request.verb() + " " + request.resource()
                + (request.isStatusWrite("databasemigrations") ? "/status" : "");
    }
}
