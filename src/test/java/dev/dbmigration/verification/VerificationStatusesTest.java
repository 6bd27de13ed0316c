package dev.dbmigration.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Decision;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerificationStatusesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RunStatus RUN = RunStatus.begin(3, "2026-03-01T11:59:00Z")
            .attempt(1, "drafts-1-3-1")
            .inputsDigest("sha256:a")
            .build();
    private static final JudgedRun JUDGED = new JudgedRun("7b1f", 2, "sha256:m");

    private final MigrationVerification verification = Serialization.unmarshal("""
            apiVersion: dbmigration.dev/v1alpha1
            kind: MigrationVerification
            metadata: {name: drafts, namespace: ehr, generation: 5}
            spec: {migrationRef: {name: drafts}, checks: [{name: c, noInvalidIndexes: {}}]}
            """, MigrationVerification.class);

    private MigrationVerificationStatus after(Decision decision) {
        return after(decision, NOW);
    }

    private MigrationVerificationStatus after(Decision decision, Instant now) {
        return VerificationStatuses.after(verification, new Decided(decision, 4, null), JUDGED, now);
    }

    private static Decision finish(Outcome outcome) {
        return Decision.Finish.of(RUN, outcome, NOW);
    }

    private static Outcome checked(Report.Outcome of, Reason reason, CheckResult... checks) {
        Report report = new Report(1, of, reason, "words", null, null, List.of(checks), null, null, null);
        Verdict verdict = switch (of) {
            case Passed -> Verdict.SUCCEEDED;
            case ChecksFailed -> Verdict.FAILED;
            default -> Verdict.UNKNOWN;
        };
        return new Outcome(verdict, reason, "words", report, 0, "runner", List.of());
    }

    private static CheckResult check(String name, Result result) {
        return new CheckResult(name, result, "true", "false", 12);
    }

    /** {@code phase | Verified | Finished | Ready | also}. */
    private static String row(MigrationVerificationStatus status) {
        String also = status.conditions().stream()
                .map(Condition::getType)
                .filter(List.of("Reconciling", "Stalled")::contains)
                .collect(Collectors.joining(" "));
        assertThat(Conditions.find(status.conditions(), "Applied")).isEmpty();
        return Stream.of(
                        status.phase(),
                        word(status, "Verified"),
                        condition(status, "Finished").getStatus(),
                        word(status, "Ready"),
                        also)
                .collect(Collectors.joining(" | "));
    }

    private static String word(MigrationVerificationStatus status, String type) {
        Condition condition = condition(status, type);
        return condition.getStatus() + "/" + condition.getReason();
    }

    private static Condition condition(MigrationVerificationStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }

    // --- on its way ------------------------------------------------------------------------------------------------

    @Test
    void waits() {
        RunStatus noImage = RUN.toBuilder().because("ImagePullFailed", "no tag").build();
        assertThat(row(after(new Decision.Await(noImage))))
                .isEqualTo("Pending | Unknown/Pending | False | False/ImagePullFailed | Reconciling");
        assertThat(row(after(new Decision.Block("not applied"))))
                .isEqualTo("Pending | Unknown/Pending | False | False/Pending | Reconciling");
        MigrationVerificationStatus withdrawn = after(new Decision.Withdraw(
                noImage.toBuilder().withdrawing("Suspended").build(), null));
        assertThat(row(withdrawn)).isEqualTo("Pending | Unknown/Pending | False | False/ImagePullFailed | Reconciling");
        assertThat(condition(withdrawn, "Ready").getMessage()).contains("is being deleted");
    }

    @Test
    void isMade() {
        assertThat(after(new Decision.Start(RUN, null, null, false))).isNull();
        assertThat(row(after(new Decision.Start(RUN, null, null, true))))
                .isEqualTo("Pending | Unknown/Pending | False | False/Pending | Reconciling");
        assertThat(after(new Decision.Hold())).isNull();
    }

    @Test
    void runs() {
        MigrationVerificationStatus status = after(new Decision.Run(RUN, null));
        assertThat(row(status)).isEqualTo("Running | Unknown/Pending | False | False/Running | Reconciling");
        assertThat(status.migration()).isEqualTo(JUDGED);
        assertThat(status.observedGeneration()).isEqualTo(4);
    }

    @Test
    void isTriedAgain() {
        RunStatus next = RUN.toBuilder()
                .because("ConnectionFailed", "no route")
                .nextAttemptTime("2026-03-01T12:00:10Z")
                .build();
        String row = "Retrying | Unknown/Pending | False | False/ConnectionFailed | Reconciling";
        assertThat(row(after(new Decision.Retry(next, checked(Report.Outcome.CheckError, Reason.ConnectionFailed)))))
                .isEqualTo(row);
        assertThat(row(after(new Decision.Backoff(next)))).isEqualTo(row);
    }

    @Test
    void isSuspended() {
        assertThat(row(after(new Decision.Suspend(null))))
                .isEqualTo("Suspended | Unknown/Pending | False | False/Suspended | ");
        assertThat(after(new Decision.Suspend(RUN)).run()).isEqualTo(RUN);
    }

    // --- ended -----------------------------------------------------------------------------------------------------

    @Test
    void passes() {
        verification.setStatus(after(finish(checked(Report.Outcome.Passed, null, check("c", Result.Passed)))));
        MigrationVerificationStatus status = verification.getStatus();
        assertThat(row(status)).isEqualTo("Verified | True/Passed | True | True/Passed | ");
        assertThat(status.progress()).isEqualTo("1/1");
        assertThat(status.lastVerifiedTime()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(status.checks()).singleElement().satisfies(check -> {
            assertThat(check.result()).isEqualTo("Passed");
            assertThat(check.duration()).isEqualTo("12ms");
        });
        assertThat(after(new Decision.Rest(), NOW.plusSeconds(60))).isEqualTo(status);
    }

    @Test
    void fails() {
        verification.setStatus(after(finish(checked(Report.Outcome.ChecksFailed, null, check("c", Result.Failed)))));
        assertThat(row(verification.getStatus()))
                .isEqualTo("VerificationFailed | False/ChecksFailed | True | False/ChecksFailed | Stalled");
        assertThat(after(new Decision.Rest())).isEqualTo(verification.getStatus());
    }

    @Test
    void cannotBeMade() {
        verification.setStatus(after(finish(checked(Report.Outcome.CheckError, Reason.UndefinedObject))));
        assertThat(row(verification.getStatus()))
                .isEqualTo("Unknown | Unknown/CheckError | True | False/UndefinedObject | Stalled");
        assertThat(verification.getStatus().lastVerifiedTime()).isNull();
        assertThat(after(new Decision.Rest())).isEqualTo(verification.getStatus());
    }

    @Test
    void containers() {
        Outcome passed = Outcome.unreported(Verdict.SUCCEEDED, null, "well");
        assertThat(row(after(finish(passed)))).isEqualTo("Verified | True/Passed | True | True/Passed | ");
        Outcome failed = Outcome.unreported(Verdict.FAILED, Reason.ContainerFailed, "code 3");
        verification.setStatus(after(finish(failed)));
        assertThat(row(verification.getStatus()))
                .isEqualTo("VerificationFailed | False/ChecksFailed | True | False/ChecksFailed | Stalled");
        assertThat(after(new Decision.Rest())).isEqualTo(verification.getStatus());
        Outcome late = Outcome.unreported(Verdict.FAILED, Reason.DeadlineExceeded, "late");
        assertThat(row(after(finish(late))))
                .isEqualTo("Unknown | Unknown/CheckError | True | False/DeadlineExceeded | Stalled");
    }

    @Test
    void cannotBeRun() {
        assertThat(row(after(new Decision.Refuse(Reason.InvalidSpec, "no checks"))))
                .isEqualTo("Unknown | Unknown/CheckError | True | False/InvalidSpec | Stalled");
    }

    @Test
    void anEarlierVerdictDoesNotCount() {
        verification.setStatus(after(finish(checked(Report.Outcome.Passed, null))));
        MigrationVerificationStatus next = after(
                new Decision.Run(RunStatus.begin(4, "2026-03-01T12:01:00Z").build(), null), NOW.plusSeconds(60));
        assertThat(row(next)).isEqualTo("Running | Unknown/Pending | False | False/Running | Reconciling");
        assertThat(next.lastVerifiedTime()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(condition(next, "Verified").getLastTransitionTime()).isEqualTo("2026-03-01T12:01:00Z");
        assertThat(next.checks()).isEmpty();
    }

    @Test
    void transitionTimesMoveOnlyWhenAStatusFlips() {
        verification.setStatus(after(new Decision.Block("not applied")));
        MigrationVerificationStatus next = after(new Decision.Run(RUN, null), NOW.plusSeconds(60));
        assertThat(next.conditions())
                .extracting(Condition::getLastTransitionTime)
                .containsOnly("2026-03-01T12:00:00Z");
    }

    @Test
    void twentyChecksFailedFirst() {
        CheckResult[] checks = IntStream.range(0, 30)
                .mapToObj(i -> check("c" + i, i == 29 ? Result.Failed : i == 28 ? Result.Error : Result.Passed))
                .toArray(CheckResult[]::new);
        MigrationVerificationStatus status = after(finish(checked(Report.Outcome.ChecksFailed, null, checks)));
        assertThat(status.checks()).hasSize(20);
        assertThat(status.checks()).extracting("name").startsWith("c29", "c28", "c0");
        assertThat(status.progress()).isEqualTo("28/30");
        assertThat(status.summary()).isEqualTo(new MigrationVerificationStatus.Summary(30, 28, 1, 1, 0));
    }
}
