package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.AttemptTemplate;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.pod.PodState;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Reason.Cure;
import java.time.Duration;
import java.time.Instant;

/**
 * The life of a run as one pure function. Its rows are those of the failure table in {@code docs/failures.md}, and each
 * has a test.
 */
public final class Decider {

    /** A Pod that has not started by then, for no reason known, is reported as waited for. */
    static final Duration UNREMARKABLE = Duration.ofSeconds(10);

    private final Observation seen;
    private long speaksOf;
    private String answered;

    private Decider(Observation seen) {
        this.seen = seen;
        this.speaksOf = seen.generation();
    }

    public static Decided decide(Observation observation) {
        Decider decider = new Decider(observation);
        Decision decision = decider.decide();
        return new Decided(decision, decider.speaksOf, decider.answered);
    }

    private Decision decide() {
        return seen.unrecorded()
                .map(attempt -> underWay(adopted(attempt)))
                .orElseGet(() -> seen.last() == null || seen.last().finished() ? atRest() : underWay(seen.last()));
    }

    // --- no run is under way -------------------------------------------------------------------------------------

    private Decision atRest() {
        Wanted wanted = seen.wanted().get();
        if (wanted instanceof Wanted.Nothing) {
            return new Decision.Rest();
        }
        if (wanted instanceof Wanted.Invalid invalid) {
            answered = seen.request();
            return new Decision.Refuse(invalid.reason(), invalid.message());
        }
        if (wanted instanceof Wanted.Blocked blocked) {
            return seen.policy().suspended() ? new Decision.Suspend(null) : new Decision.Block(blocked.message());
        }
        if (wanted instanceof Wanted.Ready ready && isLast(ready.template())) {
            return new Decision.Rest();
        }
        if (seen.policy().suspended()) {
            return new Decision.Suspend(null);
        }
        return attemptDue(
                RunStatus.begin(nextNumber(), Times.format(seen.now())).build(), wanted);
    }

    private boolean isLast(AttemptTemplate template) {
        return seen.last() != null
                && seen.request() == null
                && template.inputsDigest().equals(seen.last().inputsDigest());
    }

    private int nextNumber() {
        return seen.last() == null ? 1 : seen.last().number() + 1;
    }

    // --- a run is under way --------------------------------------------------------------------------------------

    private Decision underWay(RunStatus run) {
        if (run.pod() == null) {
            return withoutAttempt(run);
        }
        return seen.attempt(run.pod()).map(attempt -> attempted(run, attempt)).orElseGet(() -> vanished(run));
    }

    /** A run as the Pod of an attempt tells it that no status mentions yet. */
    private RunStatus adopted(Attempt attempt) {
        RunStatus last = seen.last();
        RunStatus run = last != null && last.number() == attempt.run() && !last.finished()
                ? last
                : RunStatus.begin(attempt.run(), attempt.runStart()).build();
        return run.toBuilder()
                .attempt(attempt.attempt(), attempt.pod())
                .inputsDigest(attempt.inputsDigest())
                .startTime(attempt.runStart())
                .withdrawing(null)
                .build();
    }

    private Decision attempted(RunStatus run, Attempt attempt) {
        speaksOf = attempt.generation();
        answered = attempt.runRequest();
        return inState(run, attempt);
    }

    private Decision inState(RunStatus run, Attempt attempt) {
        PodState state = attempt.state();
        if (state instanceof PodState.Waiting waiting) {
            return waiting(run, attempt, waiting);
        }
        RunStatus begun = run.toBuilder()
                .withdrawing(null)
                .nextAttemptTime(null)
                .because(null, null)
                .build();
        if (state instanceof PodState.Running running) {
            return new Decision.Run(
                    begun.toBuilder().container(running.imageID(), null, null).build(), attempt);
        }
        if (state instanceof PodState.Ended ended) {
            return ended(begun, seen.outcome().apply(ended));
        }
        PodState.Lost lost = (PodState.Lost) state;
        return lost.started() ? lost(begun, lost.reason(), lost.message()) : fellBeforeStart(run, lost);
    }

    private Decision waiting(RunStatus run, Attempt attempt, PodState.Waiting waiting) {
        if (run.withdrawing() != null || attempt.deleting()) {
            return withdraw(run, attempt, run.withdrawing() == null ? "Deleted" : run.withdrawing());
        }
        if (seen.policy().suspended()) {
            return withdraw(run, attempt, Withdrawals.SUSPENDED);
        }
        if (attempt.generation() != seen.generation() && edited(attempt)) {
            return withdraw(run, attempt, Withdrawals.EDITED);
        }
        if (overdue(run)) {
            Reason reason = waiting.reason() == null ? Reason.DeadlineExceeded : waiting.reason();
            return withdraw(
                    run.toBuilder()
                            .because(reason.name(), waitingMessage(waiting))
                            .build(),
                    attempt,
                    Withdrawals.TOO_LATE);
        }
        if (waiting.reason() != null) {
            return new Decision.Await(run.toBuilder()
                    .because(waiting.reason().name(), waiting.message())
                    .build());
        }
        boolean remarkable = !seen.now().isBefore(attempt.created().plus(UNREMARKABLE));
        return remarkable
                ? new Decision.Await(run.toBuilder()
                        .because("Pending", waitingMessage(waiting))
                        .build())
                : new Decision.Hold();
    }

    private static String waitingMessage(PodState.Waiting waiting) {
        if (waiting.message() != null) {
            return waiting.message();
        }
        return waiting.scheduled()
                ? "the node has not started the container yet; see the Pod's events"
                : "the Pod has not been given a node yet; see the Pod's events";
    }

    private Decision withdraw(RunStatus run, Attempt attempt, String why) {
        return new Decision.Withdraw(run.toBuilder().withdrawing(why).build(), attempt);
    }

    private boolean edited(Attempt attempt) {
        Wanted wanted = seen.wanted().get();
        if (wanted instanceof Wanted.Ready ready) {
            return !ready.template().inputsDigest().equals(attempt.inputsDigest())
                    || !ready.template().digest().equals(attempt.templateDigest());
        }
        return !(wanted instanceof Wanted.Nothing);
    }

    /** The Pod ended, and the kubelet's own words prove that its container never ran. */
    private Decision fellBeforeStart(RunStatus run, PodState.Lost lost) {
        RunStatus free = run.toBuilder()
                .attempt(run.attempt(), null)
                .because(lost.reason().name(), lost.message())
                .withdrawing(null)
                .build();
        return overdue(run)
                ? finish(free, Outcome.unreported(Verdict.FAILED, lost.reason(), lost.message()))
                : withoutAttempt(free);
    }

    /** The status names a Pod that is not there. */
    private Decision vanished(RunStatus run) {
        speaksOf = seen.observedGeneration();
        if (run.withdrawing() == null || !seen.neverStarted().apply(run.pod())) {
            return lost(
                    run.toBuilder().withdrawing(null).nextAttemptTime(null).build(),
                    Reason.OutcomeUnknown,
                    "Pod " + run.pod() + " is gone, and how its container ended was not seen");
        }
        RunStatus free =
                run.toBuilder().attempt(run.attempt(), null).withdrawing(null).build();
        if (Withdrawals.TOO_LATE.equals(run.withdrawing())) {
            Reason reason = Reason.valueOf(run.reason());
            String message = "timeouts.start is over: " + run.message();
            return finish(free, Outcome.unreported(Verdict.FAILED, reason, message));
        }
        return withoutAttempt(free.toBuilder().because(null, null).build());
    }

    /** How an attempt ended that may have started was not seen. */
    private Decision lost(RunStatus run, Reason reason, String message) {
        if (seen.policy().restartable()) {
            return ended(run, Outcome.unreported(Verdict.UNKNOWN, reason, message));
        }
        return finish(
                run,
                Outcome.unreported(
                        Verdict.UNKNOWN,
                        Reason.OutcomeUnknown,
                        message + "; see what it did to the database, then ask for a new run by the annotation"));
    }

    private Decision ended(RunStatus run, Outcome outcome) {
        boolean curable = outcome.reason() != null && curable(outcome);
        if (outcome.verdict() == Verdict.SUCCEEDED
                || !curable
                || run.retries() >= seen.policy().limit()) {
            return finish(run, outcome);
        }
        int retries = run.retries() + 1;
        Instant next = seen.now().plus(seen.policy().backoff(retries));
        RunStatus retry = Decision.described(run, outcome)
                .attempt(run.attempt(), null)
                .retries(retries)
                .nextAttemptTime(Times.formatUp(next))
                .build();
        return new Decision.Retry(retry, outcome);
    }

    private boolean curable(Outcome outcome) {
        Cure cure = outcome.reason().cure();
        boolean silent = outcome.report() == null && outcome.reason() == Reason.OutcomeUnknown;
        return cure == Cure.RETRY
                || (cure == Cure.RETRY_IF_RESTARTABLE || silent)
                        && seen.policy().restartable();
    }

    private Decision finish(RunStatus run, Outcome outcome) {
        Outcome last = outcome;
        if (outcome.verdict() == Verdict.UNKNOWN && outcome.reason() != null && curable(outcome)) {
            last = new Outcome(
                    Verdict.UNKNOWN,
                    Reason.OutcomeUnknown,
                    outcome.message() + " (" + outcome.reason() + "), as in every attempt before; ask for a new run",
                    outcome.report(),
                    outcome.exitCode(),
                    outcome.imageID(),
                    outcome.logTail());
        }
        return Decision.Finish.of(run, last, seen.now());
    }

    // --- a run is under way and has no attempt -------------------------------------------------------------------

    private Decision withoutAttempt(RunStatus run) {
        speaksOf = seen.generation();
        answered = null;
        if (seen.policy().suspended()) {
            // The time to start is counted anew when it is resumed.
            return new Decision.Suspend(run.toBuilder()
                    .startTime(null)
                    .nextAttemptTime(null)
                    .because(null, null)
                    .build());
        }
        boolean backingOff = run.nextAttemptTime() != null && seen.now().isBefore(Instant.parse(run.nextAttemptTime()));
        boolean edited = seen.generation() != seen.observedGeneration();
        if (backingOff && !edited && seen.request() == null) {
            return new Decision.Backoff(run);
        }
        Wanted wanted = seen.wanted().get();
        if (replaces(wanted, run)) {
            return attemptDue(
                    RunStatus.begin(run.attempt() == 0 ? run.number() : run.number() + 1, Times.format(seen.now()))
                            .build(),
                    wanted);
        }
        if (backingOff) {
            return new Decision.Backoff(run);
        }
        return rejectedJustNow(run) ? new Decision.Await(run) : attemptDue(run, wanted);
    }

    /** Whether the spec now asks for something else than this run was begun for. */
    private boolean replaces(Wanted wanted, RunStatus run) {
        return seen.request() != null
                || wanted instanceof Wanted.Ready ready
                        && run.inputsDigest() != null
                        && !ready.template().inputsDigest().equals(run.inputsDigest());
    }

    /** A node that refuses a Pod at once would be asked again without a pause. */
    private boolean rejectedJustNow(RunStatus run) {
        return Reason.PodRejected.name().equals(run.reason())
                && seen.attempts().stream()
                        .filter(attempt -> attempt.run() == run.number())
                        .anyMatch(attempt -> seen.now()
                                .isBefore(attempt.created().plus(seen.policy().initialBackoff())));
    }

    private Decision attemptDue(RunStatus run, Wanted wanted) {
        RunStatus clocked = run.startTime() == null
                ? run.toBuilder().startTime(Times.format(seen.now())).build()
                : run;
        if (wanted instanceof Wanted.Blocked blocked) {
            return new Decision.Block(blocked.message());
        }
        answered = seen.request();
        if (Reason.PodRejected.name().equals(clocked.reason()) && overdue(clocked)) {
            return finish(clocked, Outcome.unreported(Verdict.FAILED, Reason.PodRejected, clocked.message()));
        }
        if (wanted instanceof Wanted.Ready ready) {
            int attempt = clocked.attempt() + 1;
            RunStatus started = clocked.toBuilder()
                    .attempt(attempt, ready.template().owner().podName(clocked.number(), attempt))
                    .inputsDigest(ready.template().inputsDigest())
                    .because("Pending", "the Pod is being created")
                    .build();
            return new Decision.Start(
                    started, ready.template(), seen.request(), seen.policy().recordFirst());
        }
        if (wanted instanceof Wanted.Missing missing) {
            return overdue(clocked)
                    ? finish(clocked, Outcome.unreported(Verdict.FAILED, missing.reason(), missing.message()))
                    : new Decision.Await(clocked.toBuilder()
                            .because(missing.reason().name(), missing.message())
                            .build());
        }
        if (wanted instanceof Wanted.Invalid invalid) {
            return finish(clocked, Outcome.unreported(Verdict.FAILED, invalid.reason(), invalid.message()));
        }
        throw new IllegalStateException("a run under way wants something: " + wanted);
    }

    /** Whether the container should have started by now; after a failed attempt the clock starts anew. */
    private boolean overdue(RunStatus run) {
        Instant from = run.startTime() == null ? seen.now() : Instant.parse(run.startTime());
        if (run.nextAttemptTime() != null
                && Instant.parse(run.nextAttemptTime()).isAfter(from)) {
            from = Instant.parse(run.nextAttemptTime());
        }
        return !seen.now().isBefore(from.plus(seen.policy().start()));
    }
}
