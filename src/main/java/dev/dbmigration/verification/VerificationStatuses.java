package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.Pass;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Decision;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** From a decision to the whole status, as a pure function. */
final class VerificationStatuses {

    private static final MigrationVerificationStatus BLANK =
            new MigrationVerificationStatus(null, null, null, null, null, null, null, null, null, null, null);

    private final MigrationVerification verification;
    private final MigrationVerificationStatus before;
    private final Decided decided;
    private final JudgedRun judged;
    private final Instant now;

    private VerificationStatuses(MigrationVerification verification, Decided decided, JudgedRun judged, Instant now) {
        this.verification = verification;
        this.before = verification.getStatus() == null ? BLANK : verification.getStatus();
        this.decided = decided;
        this.judged = judged;
        this.now = now;
    }

    /**
     * The status after a decision; the one before where the decision changes nothing that a user should know.
     *
     * @param judged the migration's run that the run under way judges; null: none
     */
    static MigrationVerificationStatus after(
            MigrationVerification verification, Decided decided, JudgedRun judged, Instant now) {
        return new VerificationStatuses(verification, decided, judged, now).status();
    }

    private MigrationVerificationStatus status() {
        Decision decision = decided.decision();
        if (decision instanceof Decision.Hold || decision instanceof Decision.Start start && !start.recorded()) {
            return verification.getStatus();
        }
        if (decision instanceof Decision.Rest) {
            return before.run() == null ? verification.getStatus() : rest(before.run());
        }
        if (decision instanceof Decision.Finish finish) {
            return finished(finish);
        }
        if (decision instanceof Decision.Refuse refuse) {
            Row row = new Row("Unknown", Conditions.UNKNOWN, "CheckError", refuse.message(), true, true)
                    .ready(refuse.reason().name());
            return build(before.run(), before.migration(), found(), before.lastVerifiedTime(), row);
        }
        if (decision instanceof Decision.Suspend suspend) {
            RunStatus run = suspend.run() == null ? before.run() : suspend.run();
            Row row = new Row("Suspended", "spec.suspend is true: nothing new is started", false).ready("Suspended");
            return build(run, before.migration(), found(), before.lastVerifiedTime(), row);
        }
        if (decision instanceof Decision.Block block) {
            Row row = new Row("Pending", block.message(), true);
            return build(before.run(), before.migration(), found(), before.lastVerifiedTime(), row);
        }
        return underWay(decision);
    }

    private MigrationVerificationStatus underWay(Decision decision) {
        if (Repeats.is(before, decision.run(), decided.answered())) {
            return repeating(decision);
        }
        if (decision instanceof Decision.Run run) {
            return build(run.run(), judged, CheckResults.NONE, before.lastVerifiedTime(), Row.running());
        }
        if (decision instanceof Decision.Retry retry) {
            return build(retry.run(), judged, CheckResults.NONE, before.lastVerifiedTime(), Row.retrying(retry.run()));
        }
        if (decision instanceof Decision.Backoff backoff) {
            return build(
                    backoff.run(), judged, CheckResults.NONE, before.lastVerifiedTime(), Row.retrying(backoff.run()));
        }
        RunStatus run = decision instanceof Decision.Await await
                ? await.run()
                : decision instanceof Decision.Withdraw withdraw ? withdraw.run() : ((Decision.Start) decision).run();
        String message = run.withdrawing() == null ? run.message() : withdrawing(run);
        Row row = new Row("Pending", message, true).ready(run.reason() == null ? "Pending" : run.reason());
        return build(run, judged, CheckResults.NONE, before.lastVerifiedTime(), row);
    }

    /** A repeat that goes well is told once, at its end; what keeps it stands in its run alone. */
    private MigrationVerificationStatus repeating(Decision decision) {
        if (decision instanceof Decision.Run && before.run().finished()) {
            return before;
        }
        return new MigrationVerificationStatus(
                decided.generation(),
                before.phase(),
                before.progress(),
                before.summary(),
                before.conditions(),
                before.checks(),
                before.lastVerifiedTime(),
                before.lastPass(),
                before.migration(),
                decision.run(),
                before.lastRunRequest());
    }

    /** A kubelet may take the whole grace period to end what never began; what kept it stays in sight meanwhile. */
    private static String withdrawing(RunStatus run) {
        return "the Pod is being deleted before its container starts (" + run.withdrawing() + ")"
                + (run.message() == null ? "" : ": " + run.message());
    }

    // --- ended runs ----------------------------------------------------------------------------------------------

    private MigrationVerificationStatus finished(Decision.Finish finish) {
        Outcome outcome = finish.outcome();
        CheckResults results = CheckResults.of(outcome.report());
        boolean judgedIt = outcome.verdict() == Outcome.Verdict.SUCCEEDED || failedChecks(outcome);
        String verifiedTime = judgedIt ? finish.run().finishTime() : before.lastVerifiedTime();
        return build(finish.run(), judged, results, verifiedTime, ended(finish.run(), results, failedChecks(outcome)));
    }

    private Row ended(RunStatus run, CheckResults results, boolean failedChecks) {
        Row row = Row.ended(run, results, failedChecks);
        if (failedChecks && Repeats.passedBefore(before.lastPass(), run)) {
            row = row.drifted("passed at " + before.lastPass().time() + ", and now " + run.message());
        }
        boolean again = verification.getSpec().interval() != null
                || verification.getSpec().schedule() != null;
        return again ? row.lookedAtAgain() : row;
    }

    /** Whether checks were run and did not pass, or a container said so by its exit code. */
    private static boolean failedChecks(Outcome outcome) {
        return outcome.verdict() == Outcome.Verdict.FAILED
                && (outcome.report() != null
                        ? outcome.report().outcome() == Report.Outcome.ChecksFailed
                        : outcome.reason() == Reason.ContainerFailed);
    }

    private MigrationVerificationStatus rest(RunStatus run) {
        CheckResults results = found();
        boolean failed = "ChecksFailed".equals(run.reason()) || "ContainerFailed".equals(run.reason());
        return build(run, before.migration(), results, before.lastVerifiedTime(), ended(run, results, failed));
    }

    /** What the last checks found, which stands until others have run; the verdict may be open all the same. */
    private CheckResults found() {
        return new CheckResults(before.progress(), before.summary(), before.checks(), verifiedMessage());
    }

    private String verifiedMessage() {
        return Conditions.find(before.conditions(), "Verified")
                .map(Condition::getMessage)
                .orElse("");
    }

    private MigrationVerificationStatus build(
            RunStatus run, JudgedRun migration, CheckResults results, String verifiedTime, Row row) {
        List<Condition> conditions = new Conditions(before.conditions(), decided.generation(), now)
                .set("Verified", row.verified(), row.reason(), row.message())
                .set(
                        "Finished",
                        row.finished() ? Conditions.TRUE : Conditions.FALSE,
                        row.finished() ? "RunEnded" : row.phase(),
                        row.finished() ? "the last run has ended" : row.message())
                .set(
                        "Ready",
                        row.verified().equals(Conditions.TRUE) ? Conditions.TRUE : Conditions.FALSE,
                        row.readyReason(),
                        row.message())
                .setIf(row.reconciling(), "Reconciling", row.readyReason(), row.message())
                .setIf(row.stalled(), "Stalled", row.readyReason(), row.message())
                .build();
        return new MigrationVerificationStatus(
                decided.generation(),
                row.phase(),
                results.progress(),
                results.summary(),
                conditions,
                results.checks(),
                verifiedTime,
                passed(run, verifiedTime),
                migration,
                run,
                Optional.ofNullable(decided.answered()).orElse(before.lastRunRequest()));
    }

    private Pass passed(RunStatus run, String verifiedTime) {
        return run != null && RunStatus.SUCCEEDED.equals(run.outcome())
                ? new Pass(verifiedTime, run.inputsDigest())
                : before.lastPass();
    }
}
