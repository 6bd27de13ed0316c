package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.HistoryEntry;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.api.v1alpha1.Verify;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Decision;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a decision to the whole status: the condition table of the contract, as a pure function. */
final class MigrationStatuses {

    private static final DatabaseMigrationStatus BLANK =
            new DatabaseMigrationStatus(null, null, null, null, null, null, null, null, null, null, null, null);

    private final DatabaseMigration migration;
    private final DatabaseMigrationStatus before;
    private final Decided decided;
    private final Verifications verifications;
    private final Instant now;

    private MigrationStatuses(DatabaseMigration migration, Decided decided, Verifications verifications, Instant now) {
        this.migration = migration;
        this.before = migration.getStatus() == null ? BLANK : migration.getStatus();
        this.decided = decided;
        this.verifications = verifications;
        this.now = now;
    }

    /** The status after a decision; the one before where the decision changes nothing that a user should know. */
    static DatabaseMigrationStatus after(
            DatabaseMigration migration, Decided decided, Verifications verifications, Instant now) {
        return new MigrationStatuses(migration, decided, verifications, now).status();
    }

    private DatabaseMigrationStatus status() {
        Decision decision = decided.decision();
        if (decision instanceof Decision.Hold || decision instanceof Decision.Start start && !start.recorded()) {
            return migration.getStatus();
        }
        if (decision instanceof Decision.Rest) {
            return before.run() == null ? migration.getStatus() : ended(before.run(), RunResult.of(before));
        }
        if (decision instanceof Decision.Finish finish) {
            return ended(finish.run(), RunResult.of(finish.outcome()));
        }
        if (decision instanceof Decision.Refuse refuse) {
            return build(
                    before.run(), RunResult.of(before), failed(refuse.reason().name(), refuse.message()));
        }
        if (decision instanceof Decision.Run run) {
            return build(run.run(), RunResult.NONE, running());
        }
        if (decision instanceof Decision.Retry retry) {
            return build(retry.run(), RunResult.of(retry.outcome()), retrying(retry.run(), appliedAfter(retry)));
        }
        if (decision instanceof Decision.Backoff backoff) {
            String applied = Conditions.find(before.conditions(), "Applied")
                    .map(Condition::getStatus)
                    .orElse(Conditions.UNKNOWN);
            return build(backoff.run(), RunResult.of(before), retrying(backoff.run(), applied));
        }
        return waiting(decision);
    }

    private DatabaseMigrationStatus waiting(Decision decision) {
        if (decision instanceof Decision.Suspend suspend) {
            RunStatus run = suspend.run() == null ? before.run() : suspend.run();
            return build(run, RunResult.of(before), suspended());
        }
        if (decision instanceof Decision.Block block) {
            return build(before.run(), RunResult.of(before), pending("Pending", block.message()));
        }
        RunStatus run = decision instanceof Decision.Await await
                ? await.run()
                : decision instanceof Decision.Withdraw withdraw ? withdraw.run() : ((Decision.Start) decision).run();
        String reason = run.reason() == null ? "Pending" : run.reason();
        String message = run.withdrawing() == null ? run.message() : withdrawing(run);
        return build(run, RunResult.NONE, pending(reason, message));
    }

    /** A kubelet may take the whole grace period to end what never began; what kept it stays in sight meanwhile. */
    private static String withdrawing(RunStatus run) {
        return "the Pod is being deleted before its container starts (" + run.withdrawing() + ")"
                + (run.message() == null ? "" : ": " + run.message());
    }

    private static String appliedAfter(Decision.Retry retry) {
        return retry.outcome().verdict() == Outcome.Verdict.UNKNOWN ? Conditions.UNKNOWN : Conditions.FALSE;
    }

    // --- rows of the condition table -----------------------------------------------------------------------------

    /** One row: what the conditions and the phase say. */
    private record Row(
            Phase phase,
            String applied,
            String reason,
            String message,
            boolean finished,
            boolean ready,
            boolean reconciling,
            boolean stalled,
            String readyReason,
            String readyMessage) {

        Row(Phase phase, String applied, String reason, String message, boolean finished, boolean stalled) {
            this(phase, applied, reason, message, finished, false, !finished, stalled, reason, message);
        }
    }

    private static Row pending(String reason, String message) {
        return new Row(Phase.Pending, Conditions.UNKNOWN, reason, message, false, false);
    }

    private static Row suspended() {
        String message = "spec.suspend is true: nothing new is started";
        return new Row(
                Phase.Suspended,
                Conditions.UNKNOWN,
                "Suspended",
                message,
                false,
                false,
                false,
                false,
                "Suspended",
                message);
    }

    private static Row running() {
        return new Row(Phase.Running, Conditions.UNKNOWN, "Running", "the container runs", false, false);
    }

    private static Row retrying(RunStatus run, String applied) {
        String message = run.message() + "; next attempt at " + run.nextAttemptTime();
        return new Row(Phase.Retrying, applied, run.reason(), message, false, false);
    }

    private static Row failed(String reason, String message) {
        return new Row(Phase.Failed, Conditions.FALSE, reason, message, true, true);
    }

    /** Finished, and neither applied nor stalled: what is left to do is to ask for the run itself. */
    private static Row planned(RunStatus run) {
        return new Row(Phase.Planned, Conditions.FALSE, run.reason(), run.message(), true, false);
    }

    private static Row unknown(String reason, String message) {
        return new Row(Phase.Unknown, Conditions.UNKNOWN, reason, message, true, true);
    }

    private Row applied(RunStatus run, RunResult result) {
        Verdict verdict = verifications.verdict(run);
        boolean asked = migration.getSpec().verify() != null;
        boolean reconciling = asked && verdict.pending();
        boolean failed = asked && !verdict.ready() && !verdict.pending();
        Phase phase = !asked
                ? Phase.Applied
                : verdict.ready() ? Phase.Verified : failed ? Phase.VerificationFailed : Phase.Verifying;
        // Ready waits for spec.verify alone, whatever others say.
        Optional<Condition> own = asked ? verifications.asked(run) : Optional.empty();
        String readyReason = !asked
                ? "Applied"
                : verdict.ready() ? "Verified" : own.map(Condition::getReason).orElse(verdict.reason());
        String readyMessage = asked ? own.map(Condition::getMessage).orElse(verdict.message()) : result.sentence();
        return new Row(
                phase,
                Conditions.TRUE,
                "Applied",
                result.sentence(),
                true,
                verdict.ready(),
                reconciling,
                failed && !looksAgain(),
                readyReason,
                readyMessage);
    }

    private boolean looksAgain() {
        Verify verify = migration.getSpec().verify();
        return verify.interval() != null || verify.schedule() != null;
    }

    // --- the status around it ------------------------------------------------------------------------------------

    private DatabaseMigrationStatus ended(RunStatus run, RunResult result) {
        Row row = switch (run.outcome() == null ? RunStatus.UNKNOWN : run.outcome()) {
            case RunStatus.SUCCEEDED -> applied(run, result);
            case RunStatus.PLANNED -> planned(run);
            case RunStatus.FAILED -> failed(run.reason(), run.message());
            default -> unknown(run.reason(), run.message());
        };
        return build(run, result, row);
    }

    private DatabaseMigrationStatus build(RunStatus run, RunResult result, Row row) {
        boolean applied = row.applied().equals(Conditions.TRUE);
        Verdict verdict = verifications.verdict(applied ? run : null);
        List<Condition> conditions = new Conditions(before.conditions(), decided.generation(), now)
                .set("Applied", row.applied(), row.reason(), row.message())
                .set("Verified", verdict.status(), verdict.reason(), verdict.message())
                .set(
                        "Finished",
                        row.finished() ? Conditions.TRUE : Conditions.FALSE,
                        row.finished() ? "RunEnded" : row.phase().name(),
                        row.finished() ? "the last run has ended" : row.message())
                .set("Ready", row.ready() ? Conditions.TRUE : Conditions.FALSE, row.readyReason(), row.readyMessage())
                .setIf(row.reconciling(), "Reconciling", row.readyReason(), row.readyMessage())
                .setIf(row.stalled(), "Stalled", row.readyReason(), row.readyMessage())
                .build();
        return StatusBounds.within(new DatabaseMigrationStatus(
                decided.generation(),
                row.phase().name(),
                result.progress(),
                conditions,
                result.summary(),
                result.failures(),
                run,
                applied ? Integer.valueOf(run.number()) : before.lastAppliedRun(),
                Optional.ofNullable(decided.answered()).orElse(before.lastRunRequest()),
                result.warnings(),
                result.plan(),
                history(run)));
    }

    /** The ended runs with this one, if it has ended now, and with one that an edit cut short. */
    private List<HistoryEntry> history(RunStatus run) {
        List<HistoryEntry> history = new ArrayList<>(before.history());
        RunStatus old = before.run();
        boolean cutShort = old != null && !old.finished() && run != null && run.number() > old.number();
        if (cutShort) {
            history.add(0, entry(old, RunStatus.FAILED));
        }
        boolean endsNow =
                run != null && run.finished() && (old == null || !old.finished() || old.number() != run.number());
        if (endsNow) {
            history.add(0, entry(run, run.outcome()));
        }
        int limit = migration.getSpec().historyLimit();
        return history.size() <= limit ? history : history.subList(0, limit);
    }

    private static HistoryEntry entry(RunStatus run, String outcome) {
        return new HistoryEntry(
                run.number(),
                run.attempt(),
                outcome.equals(RunStatus.SUCCEEDED) ? "Applied" : outcome,
                run.reason(),
                run.inputsDigest(),
                run.startTime(),
                run.finishTime());
    }
}
