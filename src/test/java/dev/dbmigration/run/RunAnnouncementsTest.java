package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Announcement;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunAnnouncementsTest {

    private static final RunStatus TRIED =
            Situation.tried(3, Duration.ofMinutes(1)).build();
    private static final RunStatus RUNS =
            TRIED.toBuilder().container("app@sha256:1", null, null).build();
    private static final RunStatus NO_IMAGE =
            TRIED.toBuilder().because("ImagePullFailed", "no such tag").build();
    private static final RunStatus RETRY = RUNS.toBuilder()
            .attempt(1, null)
            .because("ConnectionFailed", "no route")
            .nextAttemptTime("2026-03-01T12:00:10Z")
            .build();
    private static final RunStatus FAILED = Situation.ended(3, RunStatus.FAILED);
    private static final RunStatus APPLIED = Situation.ended(3, RunStatus.SUCCEEDED);

    private record Seen(String phase, RunStatus run) {}

    private static Seen seen(String phase, RunStatus run) {
        return new Seen(phase, run);
    }

    private static final Seen NOTHING = seen(null, null);

    /** The events of a change; and none where the same status is seen again. */
    private static List<String> news(Seen before, Seen after) {
        assertThat(words(after, after)).as("nothing has changed").isEmpty();
        return words(before, after);
    }

    private static List<String> words(Seen before, Seen after) {
        return RunAnnouncements.of(before.phase, before.run, after.phase, after.run, ready(after)).stream()
                .map(Announcement::reason)
                .toList();
    }

    private static Condition ready(Seen seen) {
        boolean explained = seen.run != null && seen.run.reason() != null && !seen.run.finished();
        return new ConditionBuilder()
                .withType("Ready")
                .withReason(explained ? seen.run.reason() : "Pending")
                .withMessage("words")
                .build();
    }

    @Test
    void aRunThatGoesWell() {
        assertThat(news(NOTHING, seen("Running", RUNS))).containsExactly("RunStarted");
        assertThat(news(seen("Running", RUNS), seen("Applied", APPLIED))).isEmpty();
        RunStatus ended = APPLIED.toBuilder().container("app@sha256:1", 0, null).build();
        assertThat(news(NOTHING, seen("Applied", ended)))
                .as("ended before it was seen to run")
                .containsExactly("RunStarted");
    }

    @Test
    void aPlanIsNoFailure() {
        RunStatus planned = Situation.ended(3, RunStatus.PLANNED);
        assertThat(news(seen("Running", RUNS), seen("Planned", planned))).isEmpty();
    }

    @Test
    void aRunThatFails() {
        assertThat(news(seen("Running", RUNS), seen("Failed", FAILED))).containsExactly("RunFailed");
        RunStatus unknown = Situation.ended(3, RunStatus.UNKNOWN);
        assertThat(news(seen("Running", RUNS), seen("Unknown", unknown))).containsExactly("RunFailed");
        assertThat(news(seen("Pending", NO_IMAGE), seen("Failed", FAILED)))
                .as("it never started")
                .containsExactly("RunFailed");
    }

    @Test
    void aSpecThatCannotBeRun() {
        assertThat(news(NOTHING, seen("Failed", null))).containsExactly("RunFailed");
        assertThat(news(seen("Verified", APPLIED), seen("Unknown", APPLIED))).containsExactly("RunFailed");
        assertThat(news(seen("Applied", APPLIED), seen("Failed", APPLIED))).containsExactly("RunFailed");
    }

    @Test
    void retries() {
        assertThat(news(seen("Running", RUNS), seen("Retrying", RETRY))).containsExactly("RetryScheduled");
        RunStatus second = RETRY.toBuilder()
                .attempt(2, Situation.pod(3, 2))
                .container(null, null, null)
                .because("Pending", "the Pod is being created")
                .build();
        assertThat(news(seen("Retrying", RETRY), seen("Pending", second)))
                .as("made, not started")
                .isEmpty();
        RunStatus runs = second.toBuilder()
                .container("app@sha256:1", null, null)
                .nextAttemptTime(null)
                .because(null, null)
                .build();
        assertThat(news(seen("Pending", second), seen("Running", runs))).containsExactly("RunStarted");
    }

    @Test
    void whatIsWaitedFor() {
        assertThat(news(NOTHING, seen("Pending", NO_IMAGE))).containsExactly("Blocked");
        RunStatus otherWords =
                NO_IMAGE.toBuilder().because("ImagePullFailed", "back-off").build();
        assertThat(news(seen("Pending", NO_IMAGE), seen("Pending", otherWords))).isEmpty();
        RunStatus noSecret =
                NO_IMAGE.toBuilder().because("SecretNotFound", "none").build();
        assertThat(news(seen("Pending", NO_IMAGE), seen("Pending", noSecret))).containsExactly("Blocked");
        RunStatus withdrawn = NO_IMAGE.toBuilder().withdrawing("Suspended").build();
        assertThat(news(seen("Running", RUNS), seen("Pending", withdrawn))).isEmpty();
        RunStatus quiet = TRIED.toBuilder().because("Pending", "no node yet").build();
        assertThat(news(NOTHING, seen("Pending", quiet))).isEmpty();
        RunStatus next = Situation.run(4, Duration.ZERO)
                .because("ImagePullFailed", "no such tag")
                .build();
        assertThat(news(seen("Pending", NO_IMAGE), seen("Pending", next))).containsExactly("Blocked");
    }

    @Test
    void anotherResourceComesFirst() {
        assertThat(news(seen("Failed", FAILED), seen("Pending", FAILED)))
                .as("the last run's reason is not why this one waits")
                .isEmpty();
        Condition pending = ready(NOTHING);
        assertThat(RunAnnouncements.of("Retrying", RETRY, "Pending", RETRY, pending))
                .isEmpty();
    }

    @Test
    void suspend() {
        assertThat(news(seen("Applied", APPLIED), seen("Suspended", APPLIED))).containsExactly("Suspended");
        assertThat(news(
                        seen("Suspended", APPLIED),
                        seen("Running", RUNS.toBuilder().build())))
                .containsExactly("Resumed");
        RunStatus next = RunStatus.begin(4, "2026-03-01T12:00:00Z")
                .attempt(1, Situation.pod(4, 1))
                .container("app@sha256:1", null, null)
                .build();
        assertThat(news(seen("Suspended", APPLIED), seen("Running", next))).containsExactly("Resumed", "RunStarted");
    }
}
