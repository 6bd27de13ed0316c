package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An attempt has ended. */
class EndedTest extends RowTests {

    private static final RunStatus RUN = Situation.tried(3, Duration.ofHours(5))
            .container("app@sha256:1", null, null)
            .build();

    private static Outcome reported(Verdict verdict, Report.Outcome outcome, Reason reason) {
        Report report = new Report(1, outcome, reason, "words", null, null, null, null, null, null);
        return new Outcome(verdict, reason, "words", report, 1, "app@sha256:1", List.of());
    }

    private static Outcome silent(Verdict verdict, Reason reason) {
        return new Outcome(verdict, reason, "words", null, 137, null, List.of("last words"));
    }

    private static Situation ended(Situation situation, Outcome outcome) {
        return situation.last(RUN).with(Situation.attempt(RUN, Attempts.ENDED)).outcome(outcome);
    }

    private static final Outcome APPLIED = reported(Verdict.SUCCEEDED, Report.Outcome.Applied, null);
    private static final Outcome NO_CONNECTION =
            reported(Verdict.FAILED, Report.Outcome.Failed, Reason.ConnectionFailed);
    private static final Outcome NO_ANSWER = reported(Verdict.UNKNOWN, Report.Outcome.Unknown, Reason.ConnectionFailed);
    private static final Outcome NO_REPORT = silent(Verdict.UNKNOWN, Reason.OutcomeUnknown);

    @Test
    @Row("R501")
    void applied() {
        RunStatus run = decide(ended(Situation.sql(), APPLIED)).decision().run();
        assertThat(run.outcome()).isEqualTo("Succeeded");
        assertThat(run.finishTime()).isEqualTo("2026-03-01T11:00:00Z");
        assertThat(run.duration()).isEqualTo("4h0m0s");
    }

    @Test
    @Row("R502")
    void curable() {
        RunStatus run = decide(ended(Situation.sql(), NO_CONNECTION)).decision().run();
        assertThat(run.retries()).isEqualTo(1);
        assertThat(run.nextAttemptTime()).isEqualTo("2026-03-01T12:00:10Z");
        assertThat(run.pod()).isNull();
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    @Row("R503")
    void curableOnceTooOften() {
        decide(ended(Situation.sql().limit(0), NO_CONNECTION));
    }

    @Test
    @Row("R504")
    void forAPerson() {
        decide(ended(Situation.sql(), reported(Verdict.FAILED, Report.Outcome.Failed, Reason.UndefinedObject)));
    }

    @Test
    @Row("R505")
    void unanswered() {
        Outcome canceled = reported(Verdict.UNKNOWN, Report.Outcome.Unknown, Reason.Canceled);
        decide(ended(Situation.sql(), canceled), Decision.Retry.class);
        decide(ended(Situation.sql(), NO_ANSWER));
    }

    @Test
    @Row("R506")
    void unansweredOnceTooOften() {
        RunStatus run =
                decide(ended(Situation.sql().limit(0), NO_ANSWER)).decision().run();
        assertThat(run.message()).contains("ConnectionFailed");
    }

    @Test
    @Row("R507")
    void noReport() {
        RunStatus run = decide(ended(Situation.sql(), NO_REPORT)).decision().run();
        assertThat(run.retries()).as("it counts").isEqualTo(1);
        assertThat(run.imageID()).as("known before").isEqualTo("app@sha256:1");
    }

    @Test
    @Row("R508")
    void noReportOnceTooOften() {
        decide(ended(Situation.sql().limit(0), NO_REPORT));
    }

    @Test
    @Row("R509")
    void noMemory() {
        decide(ended(Situation.sql(), silent(Verdict.UNKNOWN, Reason.OutOfMemory)));
    }

    @Test
    @Row("R510")
    void exitCode() {
        Situation now = ended(Situation.container().restartable(), silent(Verdict.FAILED, Reason.ContainerFailed));
        RunStatus run = decide(now).decision().run();
        assertThat(run.exitCode()).isEqualTo(137);
        assertThat(run.logTail()).containsExactly("last words");
    }

    @Test
    @Row("R511")
    void containerWithoutMemory() {
        decide(ended(Situation.container().restartable(), silent(Verdict.FAILED, Reason.OutOfMemory)));
    }

    @Test
    @Row("R512")
    void containerTooLong() {
        decide(ended(Situation.container().restartable(), silent(Verdict.FAILED, Reason.DeadlineExceeded)));
    }

    @Test
    @Row("R513")
    void evicted() {
        Outcome evicted = silent(Verdict.UNKNOWN, Reason.PodEvicted);
        decide(ended(Situation.sql(), evicted), Decision.Retry.class);
        decide(ended(Situation.container().restartable(), evicted), Decision.Retry.class);
        decide(Situation.sql().last(RUN).with(Situation.attempt(RUN, Attempts.EVICTED)));
    }

    @Test
    @Row("R514")
    void evictedOnceTooOften() {
        decide(Situation.sql().limit(0).last(RUN).with(Situation.attempt(RUN, Attempts.EVICTED)));
    }

    @Test
    @Row("R515")
    void evictedContainer() {
        decide(Situation.container().last(RUN).with(Situation.attempt(RUN, Attempts.EVICTED)));
    }

    @Test
    @Row("R516")
    void nodeLost() {
        decide(Situation.sql().last(RUN).with(Situation.attempt(RUN, Attempts.NODE_LOST)), Decision.Retry.class);
        decide(Situation.container().restartable().last(RUN).with(Situation.attempt(RUN, Attempts.NODE_LOST)));
    }

    @Test
    @Row("R517")
    void nodeLostUnderAContainer() {
        RunStatus run = decide(Situation.container().last(RUN).with(Situation.attempt(RUN, Attempts.NODE_LOST)))
                .decision()
                .run();
        assertThat(run.message()).startsWith("node n has not confirmed").contains("ask for a new run");
    }

    @Test
    @Row("R518")
    void gone() {
        decide(Situation.container().restartable().last(RUN), Decision.Retry.class);
        assertThat(decide(Situation.sql().last(RUN)).decision().run().retries()).isEqualTo(1);
    }

    @Test
    @Row("R519")
    void goneContainer() {
        // Its last state was seen to be a waiting one, but nobody of ours took it back.
        Decided decided = decide(
                Situation.container().last(RUN).proven(RUN.pod()).edited().wants("b"));
        assertThat(decided.generation()).as("the edit is still to be handled").isEqualTo(1);
    }

    @Test
    @Row("R520")
    void goneUnrecorded() {
        RunStatus run = decide(
                        Situation.sql().last(Situation.ended(2, "Succeeded")).wants("b"))
                .decision()
                .run();
        assertThat(run.number()).isEqualTo(3);
        assertThat(run.attempt()).isEqualTo(1);
    }

    @Test
    @Row("R521")
    void endedAfterAnEdit() {
        Decided decided =
                decide(ended(Situation.sql(), APPLIED).edited().wants("b").requested("now"));
        assertThat(decided.generation()).isEqualTo(1);
        assertThat(decided.answered()).isNull();
    }

    @Test
    @Row("R522")
    void endedUnseen() {
        Situation now =
                Situation.sql().with(Situation.attempt(RUN, Attempts.ENDED)).outcome(APPLIED);
        RunStatus run = decide(now).decision().run();
        assertThat(run.number()).isEqualTo(3);
        assertThat(run.inputsDigest()).isEqualTo("a");
    }

    @Test
    @Row("R523")
    void checksThatCannotBeMade() {
        Outcome error = reported(Verdict.UNKNOWN, Report.Outcome.CheckError, Reason.ConnectionFailed);
        decide(ended(Situation.sql(), error), Decision.Retry.class);
        decide(ended(Situation.sql().limit(0), error));
    }

    @Test
    @Row("R524")
    void planned() {
        RunStatus run = decide(ended(Situation.sql(), reported(Verdict.PLANNED, Report.Outcome.Planned, null)))
                .decision()
                .run();
        assertThat(run.outcome()).isEqualTo("Planned");
        assertThat(run.reason()).isEqualTo("Planned");
        assertThat(run.message()).isEqualTo("words");
    }

    @Test
    void checksThatDidNotPassNeedNoReason() {
        Outcome failed = reported(Verdict.FAILED, Report.Outcome.ChecksFailed, null);
        assertThat(decide(ended(Situation.sql(), failed), Decision.Finish.class)
                        .run()
                        .reason())
                .isEqualTo("ChecksFailed");
    }
}
