package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.PodState;
import dev.dbmigration.report.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An attempt has a Pod whose container has not started. */
class WaitingPodTest extends RowTests {

    private static final RunStatus RUN =
            Situation.tried(3, Duration.ofSeconds(5)).build();
    private static final RunStatus LATE = Situation.tried(3, Situation.START).build();

    private static Situation in(Situation situation, RunStatus run, PodState state) {
        return situation.last(run).with(Situation.attempt(run, state));
    }

    private static PodState waiting(Reason reason) {
        return new PodState.Waiting(reason, "words", true);
    }

    private static RunStatus withdrawing(String why) {
        return RUN.toBuilder()
                .withdrawing(why)
                .because("ImagePullFailed", "no such tag")
                .build();
    }

    @Test
    @Row("R301")
    void forAMoment() {
        decide(in(Situation.sql(), RUN, Attempts.SILENT));
    }

    @Test
    @Row("R302")
    void forTenSeconds() {
        RunStatus run = Situation.tried(3, Duration.ofSeconds(10)).build();
        assertThat(decide(in(Situation.sql(), run, new PodState.Waiting(null, null, false, false)))
                        .decision()
                        .run()
                        .message())
                .contains("has not been given a node");
        assertThat(decide(in(Situation.sql(), run, Attempts.SILENT))
                        .decision()
                        .run()
                        .message())
                .contains("has not started the container");
    }

    @Test
    @Row("R303")
    void noSecret() {
        Decided decided = decide(in(Situation.sql(), RUN, waiting(Reason.SecretNotFound)));
        assertThat(decided.decision().run().message()).isEqualTo("words; provide it, or correct its name");
    }

    @Test
    @Row("R304")
    void noConfigMap() {
        decide(in(Situation.sql(), RUN, waiting(Reason.SourceNotFound)));
    }

    @Test
    @Row("R305")
    void noImage() {
        decide(in(Situation.sql(), RUN, Attempts.NO_IMAGE));
    }

    @Test
    void aPauseBetweenTwoPullsLeavesTheCauseInSight() {
        PodState failed = new PodState.Waiting(Reason.ImagePullFailed, "ErrImagePull: \"app:1\": no such tag", true);
        PodState pause = new PodState.Waiting(
                Reason.ImagePullFailed, "ImagePullBackOff: Back-off pulling image \"app:1\"", true);
        RunStatus told =
                decide(in(Situation.sql(), RUN, failed), Decision.Await.class).run();

        assertThat(decide(in(Situation.sql(), told, pause), Decision.Await.class)
                        .run())
                .isEqualTo(told);
        assertThat(decide(in(Situation.sql(), RUN, pause), Decision.Await.class)
                        .run()
                        .message())
                .startsWith("ImagePullBackOff: ");

        RunStatus other = told.toBuilder()
                .because("ImagePullFailed", "ErrImagePull: \"app:12\"")
                .build();
        assertThat(decide(in(Situation.sql(), other, pause), Decision.Await.class)
                        .run()
                        .message())
                .startsWith("ImagePullBackOff: ");
    }

    @Test
    void ofALongMessageBothEndsAreShownAndTheAdvice() {
        String words = "ErrImagePull: " + "x".repeat(500) + ": connection refused";
        RunStatus late = LATE.toBuilder()
                .withdrawing(Withdrawals.TOO_LATE)
                .because("ImagePullFailed", Advice.on(Reason.ImagePullFailed, words))
                .build();
        assertThat(decide(Situation.sql().last(late).proven(LATE.pod()), Decision.Finish.class)
                        .run()
                        .message())
                .startsWith("timeouts.start is over: ErrImagePull: xxx")
                .contains("xxx: connection refused; correct the image")
                .endsWith("then ask for a new run");
    }

    @Test
    @Row("R306")
    void badConfiguration() {
        decide(in(Situation.sql(), RUN, waiting(Reason.ContainerConfigError)));
    }

    @Test
    @Row("R307")
    void noNode() {
        decide(in(Situation.sql(), RUN, new PodState.Waiting(Reason.Unschedulable, "0/3 nodes", false)));
    }

    @Test
    @Row("R308")
    void tooLate() {
        RunStatus almost = Situation.tried(3, Situation.START.minusSeconds(1)).build();
        decide(in(Situation.sql(), almost, Attempts.NO_IMAGE), Decision.Await.class);
        Decision.Withdraw withdraw = decide(in(Situation.sql(), LATE, Attempts.NO_IMAGE), Decision.Withdraw.class);
        assertThat(withdraw.attempt().pod()).isEqualTo(LATE.pod());
        assertThat(withdraw.run().withdrawing()).isEqualTo(Withdrawals.TOO_LATE);
    }

    @Test
    @Row("R309")
    void tooLateForNoReason() {
        decide(in(Situation.sql(), LATE, Attempts.SILENT));
    }

    @Test
    @Row("R310")
    void madeLate() {
        RunStatus old = Situation.tried(3, Duration.ofHours(1)).build();
        Attempt late = Situation.attempt(3, 1, Situation.NOW.minus(Situation.START), Attempts.SILENT);
        decide(Situation.sql().last(old).with(late), Decision.Withdraw.class);
        Attempt fresh = Situation.attempt(3, 1, Situation.NOW.minusSeconds(5), Attempts.SILENT);
        decide(Situation.sql().last(old).with(fresh));
    }

    @Test
    @Row("R311")
    void edited() {
        Situation otherPod = in(Situation.sql(), RUN, Attempts.SILENT)
                .edited()
                .wanted(new Wanted.Ready(Situation.template("a", Map.of("team", "ehr"))));
        assertThat(decide(otherPod, Decision.Withdraw.class).run().withdrawing())
                .isEqualTo(Withdrawals.EDITED);
        Decided decided =
                decide(in(Situation.sql(), RUN, Attempts.SILENT).edited().wants("b"));
        assertThat(decided.generation()).as("the edit is not handled yet").isEqualTo(1);
    }

    @Test
    @Row("R312")
    void editedElsewhere() {
        decide(in(Situation.sql(), RUN, Attempts.SILENT).edited());
    }

    @Test
    @Row("R313")
    void editedIntoNonsense() {
        decide(in(Situation.sql(), RUN, Attempts.SILENT).edited().invalid());
    }

    @Test
    @Row("R314")
    void suspended() {
        Decided decided =
                decide(in(Situation.sql(), RUN, Attempts.SILENT).edited().suspended());
        assertThat(decided.decision().run().withdrawing()).isEqualTo(Withdrawals.SUSPENDED);
    }

    @Test
    @Row("R315")
    void deletedBySomebody() {
        decide(Situation.sql().last(RUN).with(Attempts.deleting(Situation.attempt(RUN, Attempts.SILENT))));
    }

    @Test
    @Row("R316")
    void withdrawnAndStillThere() {
        RunStatus run = withdrawing(Withdrawals.TOO_LATE);
        Situation now = Situation.sql()
                .last(run)
                .suspended()
                .edited()
                .wants("b")
                .with(Attempts.deleting(Situation.attempt(run, Attempts.SILENT)));
        assertThat(decide(now).decision().run()).isEqualTo(run);
    }

    @Test
    @Row("R317")
    void withdrawnTooLate() {
        RunStatus run = withdrawing(Withdrawals.EDITED);
        Decided decided = decide(Situation.sql()
                .last(run)
                .edited()
                .wants("b")
                .with(Attempts.deleting(Situation.attempt(run, Attempts.RUNS))));
        assertThat(decided.decision().run().withdrawing()).isNull();
        assertThat(decided.decision().run().reason()).isNull();
    }

    @Test
    @Row("R318")
    void goneAfterTheTimeout() {
        Decided decided = decide(Situation.container()
                .last(withdrawing(Withdrawals.TOO_LATE))
                .edited()
                .proven(RUN.pod()));
        assertThat(decided.decision().run().message())
                .isEqualTo("timeouts.start is over: no such tag, then ask for a new run");
        assertThat(decided.generation()).as("of what was tried").isEqualTo(1);
    }

    @Test
    @Row("R319")
    void goneAfterAnEditOfThePod() {
        Decided decided = decide(
                Situation.sql().last(withdrawing(Withdrawals.EDITED)).edited().proven(RUN.pod()));
        assertThat(decided.decision().run().number()).isEqualTo(3);
        assertThat(decided.decision().run().attempt()).isEqualTo(2);
        assertThat(decided.decision().run().retries()).isZero();
        assertThat(decided.decision().run().startTime()).isEqualTo(RUN.startTime());
        assertThat(decided.generation()).isEqualTo(2);
    }

    @Test
    @Row("R320")
    void goneAfterAnEditOfWhatIsRun() {
        Decided decided = decide(Situation.sql()
                .last(withdrawing(Withdrawals.EDITED))
                .edited()
                .wants("b")
                .proven(RUN.pod()));
        assertThat(decided.decision().run().number()).isEqualTo(4);
        assertThat(decided.decision().run().startTime()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    @Row("R321")
    void goneAfterAnEditIntoNonsense() {
        decide(Situation.container()
                .last(withdrawing(Withdrawals.EDITED))
                .edited()
                .invalid()
                .proven(RUN.pod()));
    }

    @Test
    @Row("R322")
    void goneAfterSuspend() {
        Decided decided = decide(Situation.container()
                .last(withdrawing(Withdrawals.SUSPENDED))
                .edited()
                .suspended()
                .proven(RUN.pod()));
        assertThat(decided.decision().run().pod()).isNull();
        assertThat(decided.decision().run().number()).isEqualTo(3);
        assertThat(decided.generation()).isEqualTo(2);
    }

    @Test
    @Row("R323")
    void goneWithoutProof() {
        decide(Situation.container().last(withdrawing(Withdrawals.EDITED)).edited());
    }

    @Test
    @Row("R324")
    void goneWithoutProofOfSql() {
        RunStatus run = decide(Situation.sql().last(withdrawing(Withdrawals.EDITED)))
                .decision()
                .run();
        assertThat(run.retries()).isEqualTo(1);
        assertThat(run.withdrawing()).isNull();
    }

    @Test
    @Row("R325")
    void refusedByItsNode() {
        RunStatus run = decide(in(Situation.container(), RUN, Attempts.EVICTED_BEFORE), Decision.Await.class)
                .run();
        assertThat(run.reason()).isEqualTo("PodEvicted");
        run = decide(in(Situation.container(), RUN, Attempts.REJECTED))
                .decision()
                .run();
        assertThat(run.pod()).isNull();
        assertThat(run.message()).startsWith("OutOfcpu: no room; ");
    }

    @Test
    @Row("R326")
    void refusedAndPaused() {
        RunStatus run = Situation.tried(3, Duration.ofSeconds(10)).build();
        RunStatus next =
                decide(in(Situation.sql(), run, Attempts.REJECTED)).decision().run();
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(next.retries()).isZero();
        assertThat(next.pod()).isEqualTo(Situation.pod(3, 2));
    }

    @Test
    @Row("R327")
    void refusedForTooLong() {
        decide(in(Situation.container(), LATE, Attempts.EVICTED_BEFORE));
    }

    @Test
    @Row("R332")
    void evictedAgainAndAgain() {
        RunStatus old = Situation.tried(3, Duration.ofHours(1)).build();
        Attempt fresh = Situation.attempt(3, 1, Situation.NOW.minusSeconds(5), Attempts.EVICTED_BEFORE);
        RunStatus retried = old.toBuilder()
                .nextAttemptTime(Situation.NOW.minusSeconds(10).toString())
                .build();
        decide(Situation.sql().last(retried).with(fresh), Decision.Await.class);

        decide(Situation.sql().last(old).with(fresh));
    }

    @Test
    @Row("R333")
    void deletedAgainAndAgain() {
        RunStatus young = RUN.toBuilder().withdrawing(Withdrawals.DELETED).build();
        decide(Situation.container().last(young).proven(RUN.pod()), Decision.Start.class);

        RunStatus old = LATE.toBuilder().withdrawing(Withdrawals.DELETED).build();
        decide(Situation.container().last(old).proven(LATE.pod()));
    }

    @Test
    @Row("R328")
    void overWhileWithdrawn() {
        RunStatus run = withdrawing(Withdrawals.SUSPENDED);
        decide(in(Situation.container().suspended(), run, Attempts.EVICTED_BEFORE), Decision.Suspend.class);
        decide(in(Situation.container(), withdrawing(Withdrawals.TOO_LATE), Attempts.EVICTED_BEFORE));
    }

    @Test
    @Row("R329")
    void refusedBeforeItsRequestWasRecorded() {
        Attempt attempt = Attempts.answering(Situation.attempt(RUN, Attempts.REJECTED), "now");
        Decided decided = decide(Situation.sql()
                .last(Situation.ended(2, RunStatus.SUCCEEDED))
                .requested("now")
                .with(attempt));
        assertThat(decided.decision().run().number()).isEqualTo(3);
        assertThat(decided.answered()).isEqualTo("now");
    }

    @Test
    @Row("R330")
    void requestWhileItWaits() {
        Decided decided = decide(in(Situation.sql(), RUN, Attempts.SILENT).requested("now"));
        assertThat(decided.answered()).isNull();
    }

    @Test
    @Row("R331")
    void aCopyThatSomebodyDeleted() {
        PodState missed = new PodState.Waiting(Reason.SourceNotFound, "configmap \"drafts-1-ab\" not found", true);
        Attempt reading = Attempts.reading(Situation.attempt(RUN, missed), "drafts-1-ab");
        Attempt other = Attempts.reading(Situation.attempt(RUN, missed), "drafts-1");
        decide(Situation.sql().last(RUN).with(other), Decision.Await.class);

        RunStatus old = Situation.tried(3, Duration.ofHours(1)).build();
        Attempt fresh = Situation.attempt(3, 1, Situation.NOW.minusSeconds(5), missed);
        decide(Situation.sql().last(old).with(Attempts.reading(fresh, "drafts-1-ab")), Decision.Await.class);

        RunStatus told = RUN.toBuilder().because("SourceNotFound", "gone").build();
        Decision.Withdraw withdraw = decide(Situation.sql().last(told).with(reading), Decision.Withdraw.class);
        assertThat(withdraw.run().withdrawing()).isEqualTo(Withdrawals.SNAPSHOT_GONE);
    }
}
