package dev.dbmigration.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Decision;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said, and what not, of checks that run again and again. */
class RepeatsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Outcome PASSED = outcome(Verdict.SUCCEEDED, Report.Outcome.Passed, null);
    private static final Outcome FAILED = outcome(Verdict.FAILED, Report.Outcome.ChecksFailed, null);
    private static final Outcome UNREACHABLE =
            outcome(Verdict.UNKNOWN, Report.Outcome.CheckError, Reason.ConnectionFailed);

    private final MigrationVerification verification = Serialization.unmarshal("""
            apiVersion: dbmigration.dev/v1alpha1
            kind: MigrationVerification
            metadata: {name: drafts, namespace: ehr, generation: 1}
            spec: {interval: 1h, migrationRef: {name: drafts}, checks: [{name: c, noInvalidIndexes: {}}]}
            """, MigrationVerification.class);
    private List<Announcement> told;

    private static Outcome outcome(Verdict verdict, Report.Outcome of, Reason reason) {
        Report report = new Report(1, of, reason, "words", null, null, null, null, null, null);
        return new Outcome(verdict, reason, "words", report, 0, "runner", List.of());
    }

    private static RunStatus run(int number) {
        return RunStatus.begin(number, NOW.plusSeconds(3600L * number).toString())
                .attempt(1, "drafts-" + number)
                .inputsDigest("sha256:a")
                .build();
    }

    private MigrationVerificationStatus decided(Decision decision, String answered) {
        MigrationVerificationStatus before = verification.getStatus();
        MigrationVerificationStatus after =
                VerificationStatuses.after(verification, new Decided(decision, 1, answered), null, NOW);
        told = after.equals(before) ? List.of() : VerificationAnnouncements.of(before, after);
        verification.setStatus(after);
        return after;
    }

    private MigrationVerificationStatus ended(int number, Outcome outcome) {
        return decided(Decision.Finish.of(run(number), outcome, NOW.plusSeconds(3600L * number + 5)), null);
    }

    private List<String> words() {
        return told.stream().map(Announcement::reason).toList();
    }

    private static String verdict(MigrationVerificationStatus status) {
        Condition verified = Conditions.find(status.conditions(), "Verified").orElseThrow();
        boolean stalled = Conditions.isTrue(status.conditions(), "Stalled");
        return status.phase() + " " + verified.getStatus() + "/" + verified.getReason() + (stalled ? " Stalled" : "");
    }

    @Test
    void aRepeatThatPassesIsOneStatusWithAnotherTimeAndNoEvent() {
        MigrationVerificationStatus first = ended(1, PASSED);
        assertThat(words()).contains("Verified");
        assertThat(decided(new Decision.Run(run(2), null), null)).isEqualTo(first);

        MigrationVerificationStatus second = ended(2, PASSED);

        assertThat(words()).isEmpty();
        assertThat(second.conditions()).isEqualTo(first.conditions());
        assertThat(second.run().number()).isEqualTo(2);
        assertThat(second.lastVerifiedTime()).isEqualTo("2026-03-01T14:00:05Z");
    }

    @Test
    void whatHadPassedAndFailsHasDriftedAndIsToldOnce() {
        ended(1, PASSED);
        assertThat(verdict(ended(2, FAILED))).isEqualTo("VerificationFailed False/DriftDetected");
        assertThat(words()).containsExactly("DriftDetected");
        assertThat(told.get(0).message()).isEqualTo("passed at 2026-03-01T13:00:05Z, and now words");
        MigrationVerificationStatus second = verification.getStatus();
        assertThat(decided(new Decision.Rest(), null)).isEqualTo(second);

        assertThat(ended(3, FAILED).conditions()).isEqualTo(second.conditions());
        assertThat(words()).isEmpty();

        assertThat(verdict(ended(4, PASSED))).isEqualTo("Verified True/Passed");
        assertThat(words()).containsExactly("Verified");
    }

    @Test
    void whatNeverPassedHasNotDrifted() {
        assertThat(verdict(ended(1, FAILED))).isEqualTo("VerificationFailed False/ChecksFailed");
        assertThat(verdict(ended(2, FAILED))).isEqualTo("VerificationFailed False/ChecksFailed");
        assertThat(words()).isEmpty();
    }

    @Test
    void aLookThatCouldNotBeTakenForgetsNothing() {
        ended(1, PASSED);
        assertThat(verdict(ended(2, UNREACHABLE))).isEqualTo("Unknown Unknown/CheckError");
        assertThat(words()).containsExactly("RunFailed");
        ended(3, UNREACHABLE);
        assertThat(words()).isEmpty();
        assertThat(verdict(ended(4, FAILED))).isEqualTo("VerificationFailed False/DriftDetected");
        assertThat(words()).containsExactly("DriftDetected");
    }

    @Test
    void whileARepeatIsTriedAgainTheLastVerdictStands() {
        MigrationVerificationStatus first = ended(1, PASSED);
        RunStatus lost = run(2).toBuilder()
                .because("ConnectionFailed", "no route")
                .nextAttemptTime("2026-03-01T14:00:10Z")
                .build();

        MigrationVerificationStatus retrying = decided(new Decision.Retry(lost, UNREACHABLE), null);

        assertThat(retrying.conditions()).isEqualTo(first.conditions());
        assertThat(retrying.run()).isEqualTo(lost);
        assertThat(words()).isEmpty();
        RunStatus running = run(2).toBuilder().attempt(2, "drafts-2-2").build();
        assertThat(decided(new Decision.Run(running, null), null).run()).isEqualTo(running);
        assertThat(verdict(ended(2, FAILED))).isEqualTo("VerificationFailed False/DriftDetected");
        assertThat(words()).containsExactly("DriftDetected");
    }

    @Test
    void aRequestedRunTakesTheVerdictBackAndIsToldAsEver() {
        ended(1, PASSED);
        assertThat(verdict(decided(new Decision.Run(run(2), null), "now"))).isEqualTo("Running Unknown/Pending");
        assertThat(words()).containsExactly("RunStarted");
        decided(Decision.Finish.of(run(2), FAILED, NOW.plusSeconds(9000)), "now");
        assertThat(verdict(verification.getStatus())).isEqualTo("VerificationFailed False/DriftDetected");
        assertThat(words()).containsExactly("DriftDetected");
    }

    @Test
    void otherChecksHaveNotPassedBefore() {
        ended(1, PASSED);
        RunStatus other = run(2).toBuilder().inputsDigest("sha256:b").build();
        decided(Decision.Finish.of(other, FAILED, NOW.plusSeconds(9000)), null);
        assertThat(verdict(verification.getStatus())).isEqualTo("VerificationFailed False/ChecksFailed");
        assertThat(words()).containsExactly("RunStarted", "VerificationFailed");
    }
}
