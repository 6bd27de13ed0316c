package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.PodState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The container has started. */
class StartedTest extends RowTests {

    private static final RunStatus RUN = Situation.tried(3, Duration.ofHours(5))
            .nextAttemptTime("2026-03-01T11:00:00Z")
            .because("ImagePullFailed", "no such tag")
            .build();
    private static final Attempt RUNS = Situation.attempt(RUN, Attempts.RUNS);

    @Test
    @Row("R401")
    void runs() {
        RunStatus run = decide(Situation.sql().last(RUN).with(RUNS)).decision().run();
        assertThat(run.imageID()).isEqualTo("app@sha256:1");
        assertThat(run.reason()).isNull();
        assertThat(run.nextAttemptTime()).isNull();
    }

    @Test
    @Row("R402")
    void runsOn() {
        Decided decided = decide(Situation.sql()
                .last(RUN)
                .with(Attempts.answering(RUNS, "before"))
                .edited()
                .wants("b")
                .suspended()
                .requested("now"));
        assertThat(decided.generation()).isEqualTo(1);
        assertThat(decided.answered()).as("the other one is still to come").isEqualTo("before");
    }

    @Test
    @Row("R403")
    void seenFirstWhenItRuns() {
        Situation now = Situation.sql()
                .last(Situation.ended(2, RunStatus.SUCCEEDED))
                .edited()
                .wants("b")
                .requested("now")
                .with(Attempts.answering(RUNS, "now"));
        Decided decided = decide(now);
        RunStatus run = decided.decision().run();
        assertThat(run.number()).isEqualTo(3);
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.pod()).isEqualTo(RUNS.pod());
        assertThat(run.inputsDigest()).isEqualTo("a");
        assertThat(run.startTime()).isEqualTo(RUN.startTime());
        assertThat(decided.answered()).isEqualTo("now");
        assertThat(decided.generation()).isEqualTo(1);
    }

    @Test
    void nextAttemptOfARunSeenFirstWhenItRuns() {
        RunStatus retried = RUN.toBuilder()
                .attempt(1, null)
                .retries(1)
                .container("app@sha256:0", 1, null)
                .build();
        Attempt second = Situation.attempt(3, 2, Situation.NOW.minusSeconds(9), Attempts.SILENT);
        RunStatus run = decide(Situation.sql().last(retried).with(second).suspended(), Decision.Withdraw.class)
                .run();
        assertThat(run.attempt()).isEqualTo(2);
        assertThat(run.retries()).isEqualTo(1);
        assertThat(run.imageID()).as("that of the attempt before").isNull();
        assertThat(run.exitCode()).isNull();
    }

    @Test
    @Row("R404")
    void otherDigestThanRecorded() {
        RunStatus recorded = RUN.toBuilder().inputsDigest("b").build();
        Decided decided =
                decide(Situation.container().last(recorded).edited().wants("b").with(RUNS));
        assertThat(decided.decision().run().inputsDigest()).isEqualTo("a");
        assertThat(decided.generation()).isEqualTo(1);
    }

    @Test
    @Row("R405")
    void sourceVanished() {
        decide(Situation.sql().last(RUN).missing().with(RUNS));
    }

    @Test
    @Row("R406")
    void startedAgainByItsKubelet() {
        // As a Pod that runs: its reader says so, and nothing else is started meanwhile.
        decide(Situation.container().last(RUN).with(Situation.attempt(RUN, new PodState.Running(""))));
    }
}
