package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A run waits and has no Pod. */
class WaitingRunTest extends RowTests {

    private static RunStatus waiting(Duration age) {
        return Situation.run(3, age)
                .because("SourceNotFound", "ConfigMap files does not exist")
                .build();
    }

    private static RunStatus rejected(Duration age) {
        return waiting(age).toBuilder()
                .because("PodRejected", "exceeded quota")
                .inputsDigest("a")
                .build();
    }

    private static final RunStatus WAITING = waiting(Duration.ofMinutes(1));

    @Test
    @Row("R201")
    void stillMissing() {
        RunStatus told =
                decide(Situation.sql().last(WAITING).missing()).decision().run();
        assertThat(told.startTime()).isEqualTo(WAITING.startTime());
        assertThat(decide(Situation.sql().last(told).missing()).decision().run())
                .as("and nothing new is said")
                .isEqualTo(told);
    }

    @Test
    @Row("R202")
    void missingForTooLong() {
        RunStatus almost = waiting(Situation.START.minusSeconds(1));
        decide(Situation.sql().last(almost).missing(), Decision.Await.class);
        RunStatus run = decide(Situation.sql().last(waiting(Situation.START)).missing())
                .decision()
                .run();
        assertThat(run.finishTime()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(run.duration()).isEqualTo("10m0s");
    }

    @Test
    @Row("R203")
    void come() {
        RunStatus run = decide(Situation.sql().last(WAITING)).decision().run();
        assertThat(run.number()).isEqualTo(3);
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.startTime()).isEqualTo(WAITING.startTime());
    }

    @Test
    @Row("R204")
    void comeWhileNobodyLooked() {
        decide(Situation.sql().last(waiting(Duration.ofHours(1))));
    }

    @Test
    @Row("R205")
    void requestCountsTheTimeAnewOnce() {
        RunStatus late = waiting(Situation.START.minusSeconds(1));
        Decided first = decide(Situation.sql().last(late).missing().requested("now"));
        assertThat(first.answered()).isEqualTo("now");
        assertThat(first.decision().run().startTime()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(first.decision().run().number()).isEqualTo(3);
        // The status holds the request now, and it is none any more.
        Decided second = decide(Situation.sql().last(late).missing());
        assertThat(second.decision().run().startTime()).isEqualTo(late.startTime());
    }

    @Test
    @Row("R206")
    void editedIntoNonsense() {
        RunStatus attempted = rejected(Duration.ofMinutes(1));
        RunStatus run = decide(Situation.sql().last(attempted).edited().invalid())
                .decision()
                .run();
        assertThat(run.number()).isEqualTo(3);
        assertThat(run.inputsDigest())
                .as("else the spec as it was would count as run")
                .isNull();
    }

    @Test
    @Row("R207")
    void suspended() {
        RunStatus run = decide(Situation.sql().last(WAITING).missing().suspended())
                .decision()
                .run();
        assertThat(run.number()).isEqualTo(3);
        assertThat(run.startTime()).isNull();
    }

    @Test
    @Row("R208")
    void resumed() {
        RunStatus held = WAITING.toBuilder().startTime(null).because(null, null).build();
        assertThat(decide(Situation.sql().last(held).edited().missing())
                        .decision()
                        .run()
                        .startTime())
                .isEqualTo("2026-03-01T12:00:00Z");
        RunStatus run = decide(Situation.sql().last(held).edited()).decision().run();
        assertThat(run.startTime()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(run.number()).isEqualTo(3);
    }

    @Test
    void resumedWithASpecThatMakesNoSense() {
        RunStatus held = WAITING.toBuilder().startTime(null).because(null, null).build();
        assertThat(decide(Situation.sql().last(held).edited().invalid(), Decision.Finish.class)
                        .run()
                        .duration())
                .isEqualTo("0s");
    }

    @Test
    @Row("R209")
    void refusedByTheApiServer() {
        decide(Situation.sql().last(rejected(Duration.ofMinutes(1))));
    }

    @Test
    @Row("R210")
    void refusedForTooLong() {
        RunStatus run = decide(Situation.sql().last(rejected(Situation.START)))
                .decision()
                .run();
        assertThat(run.message()).isEqualTo("timeouts.start is over: exceeded quota, then ask for a new run");
    }

    @Test
    @Row("R211")
    void refusedContainer() {
        decide(Situation.container().last(rejected(Duration.ofMinutes(1))));
    }

    @Test
    @Row("R213")
    void unpreparedForTooLong() {
        RunStatus run = rejected(Situation.START).toBuilder()
                .because("ContainerConfigError", "init container source-1 ended with exit code 1")
                .build();
        assertThat(decide(Situation.sql().last(run)).decision().run().message())
                .contains("init container source-1 ended with exit code 1");
    }

    @Test
    @Row("R212")
    void blockedAgain() {
        decide(Situation.sql().last(WAITING).blocked());
    }
}
