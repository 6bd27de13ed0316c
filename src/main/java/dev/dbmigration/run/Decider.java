package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.AttemptTemplate;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.pod.PodState;
import dev.dbmigration.report.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The life of a run as one pure function. Its rows are those of the failure table in {@code docs/failures.md}, and each
 * has a test.
 */
public final class Decider {

    /** A Pod that has not started by then, for no reason known, is reported as waited for. */
    static final Duration UNREMARKABLE = Duration.ofSeconds(10);

    /** What ends a Pod before its container's start so soon that each next one would be in time. */
    private static final Set<Reason> REJECTIONS = Set.of(Reason.PodRejected, Reason.ContainerConfigError);

    private final Observation seen;
    private final Endings endings;
    private final StartTimeout timeout;
    private long speaksOf;
    private String answered;

    private Decider(Observation seen) {
        this.seen = seen;
        this.endings = new Endings(seen.policy(), seen.now(), seen.now());
        this.timeout = new StartTimeout(seen.policy().start(), seen.now());
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
        if (wanted instanceof Wanted.Ready ready && isLast(ready.template()) && !recursNow()) {
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
                && !corrected(seen.last())
                && template.inputsDigest().equals(seen.last().inputsDigest());
    }

    private boolean recursNow() {
        return seen.recurs().filter(due -> !seen.now().isBefore(due)).isPresent();
    }

    /** A spec that the API server would not take runs once it was edited, also where the edit is not in the digest. */
    private boolean corrected(RunStatus last) {
        return Reason.InvalidSpec.name().equals(last.reason()) && edited();
    }

    private boolean edited() {
        return seen.generation() != seen.observedGeneration();
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
                .container(null, null, null)
                .build();
    }

    private Decision attempted(RunStatus run, Attempt attempt) {
        speaksOf = attempt.generation();
        answered = attempt.runRequest();
        // A Pod of an earlier spec may stand under the name that the status has recorded for a newer one.
        return inState(run.toBuilder().inputsDigest(attempt.inputsDigest()).build(), attempt);
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
            return endings.of(attempt.work())
                    .at(ended.finishedAt())
                    .ended(begun, seen.outcome().apply(ended));
        }
        PodState.Lost lost = (PodState.Lost) state;
        boolean seenToRun = run.imageID() != null;
        return lost.started() || seenToRun
                ? endings.of(attempt.work()).lost(begun, lost.reason(), lost.message())
                : fellBeforeStart(run, lost);
    }

    private Decision waiting(RunStatus run, Attempt attempt, PodState.Waiting waiting) {
        if (run.withdrawing() != null || attempt.deleting()) {
            return withdraw(run, attempt, run.withdrawing() == null ? Withdrawals.DELETED : run.withdrawing());
        }
        if (seen.policy().suspended()) {
            return withdraw(run, attempt, Withdrawals.SUSPENDED);
        }
        if (attempt.generation() != seen.generation() && outdated(attempt)) {
            return withdraw(run, attempt, Withdrawals.EDITED);
        }
        if (timeout.overdue(run, attempt)) {
            RunStatus told = waiting.reason() == null
                    ? run.toBuilder()
                            .because(Reason.DeadlineExceeded.name(), waitingMessage(waiting))
                            .build()
                    : told(run, waiting);
            return withdraw(told, attempt, Withdrawals.TOO_LATE);
        }
        // A copy that somebody deleted is made anew with the next Pod, but not again and again for ever.
        if (attempt.misses(waiting) && !timeout.overdue(run)) {
            return withdraw(run, attempt, Withdrawals.SNAPSHOT_GONE);
        }
        if (waiting.reason() != null) {
            return new Decision.Await(told(run, waiting));
        }
        boolean remarkable = !seen.now().isBefore(attempt.created().plus(UNREMARKABLE));
        return remarkable
                ? new Decision.Await(run.toBuilder()
                        .because("Pending", waitingMessage(waiting))
                        .build())
                : new Decision.Hold();
    }

    /** Between two pulls a kubelet only says that it pauses: why the last one failed stands meanwhile. */
    private static RunStatus told(RunStatus run, PodState.Waiting waiting) {
        String reason = waiting.reason().name();
        boolean known = reason.equals(run.reason()) && run.message() != null && waiting.pauses(run.message());
        return known
                ? run
                : run.toBuilder()
                        .because(reason, Advice.on(waiting.reason(), waiting.message()))
                        .build();
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

    private boolean outdated(Attempt attempt) {
        Wanted wanted = seen.wanted().get();
        if (wanted instanceof Wanted.Ready ready) {
            return !ready.template().inputsDigest().equals(attempt.inputsDigest())
                    || !ready.template().digest().equals(attempt.templateDigest());
        }
        return !(wanted instanceof Wanted.Nothing);
    }

    /** The Pod ended, and the kubelet's own words prove that its container never ran, and never will. */
    private Decision fellBeforeStart(RunStatus run, PodState.Lost lost) {
        if (run.withdrawing() != null) {
            return withdrawn(run);
        }
        RunStatus free = run.toBuilder()
                .attempt(run.attempt(), null)
                .because(lost.reason().name(), Advice.on(lost.reason(), lost.message()))
                .build();
        // Each next one would be made late and have its time too, so only the run's own counts.
        return timeout.overdue(run) ? tooLate(free) : withoutAttempt(free);
    }

    /** The end of a run whose reason and message say what it waited for. */
    private Decision tooLate(RunStatus free) {
        String message = "timeouts.start is over: " + free.message() + ", then ask for a new run";
        return endings.finish(free, Outcome.unreported(Verdict.FAILED, Reason.valueOf(free.reason()), message));
    }

    /** The status names a Pod that is not there. */
    private Decision vanished(RunStatus run) {
        speaksOf = seen.observedGeneration();
        if (run.withdrawing() != null && seen.neverStarted().apply(run.pod())) {
            return withdrawn(run);
        }
        return endings.lost(
                run.toBuilder().withdrawing(null).nextAttemptTime(null).build(),
                Reason.OutcomeUnknown,
                "Pod " + run.pod() + " is gone, and how its container ended was not seen");
    }

    /** An attempt was taken back, and it is proven that its container never ran. */
    private Decision withdrawn(RunStatus run) {
        RunStatus free =
                run.toBuilder().attempt(run.attempt(), null).withdrawing(null).build();
        if (Withdrawals.TOO_LATE.equals(run.withdrawing())) {
            return tooLate(free);
        }
        if (Withdrawals.DELETED.equals(run.withdrawing()) && timeout.overdue(run)) {
            String message = Advice.on(Reason.PodEvicted, "the Pod was deleted before its container started");
            return tooLate(
                    free.toBuilder().because(Reason.PodEvicted.name(), message).build());
        }
        return withoutAttempt(free.toBuilder().because(null, null).build());
    }

    // --- a run is under way and has no attempt -------------------------------------------------------------------

    private Decision withoutAttempt(RunStatus free) {
        speaksOf = seen.generation();
        if (seen.policy().suspended()) {
            // The time to start is counted anew when it is resumed.
            return new Decision.Suspend(free.toBuilder()
                    .startTime(null)
                    .nextAttemptTime(null)
                    .because(null, null)
                    .build());
        }
        RunStatus run = free.startTime() == null
                ? free.toBuilder().startTime(Times.format(seen.now())).build()
                : free;
        boolean backingOff = run.nextAttemptTime() != null && seen.now().isBefore(Instant.parse(run.nextAttemptTime()));
        if (backingOff && !edited() && !requested()) {
            return new Decision.Backoff(run);
        }
        Wanted wanted = seen.wanted().get();
        if (wanted instanceof Wanted.Invalid invalid) {
            return refused(run, invalid);
        }
        if (replaces(wanted, run)) {
            int number = run.attempt() == 0 ? run.number() : run.number() + 1;
            return attemptDue(RunStatus.begin(number, Times.format(seen.now())).build(), wanted);
        }
        if (backingOff) {
            return new Decision.Backoff(run);
        }
        return fellJustNow(run) ? new Decision.Await(run) : attemptDue(run, wanted);
    }

    /** Whether a new run is asked for that neither a status nor the attempt at hand answers. */
    private boolean requested() {
        return seen.request() != null && !seen.request().equals(answered);
    }

    /** Whether something else is asked for than this run was begun for. */
    private boolean replaces(Wanted wanted, RunStatus run) {
        return requested()
                || wanted instanceof Wanted.Ready ready
                        && run.inputsDigest() != null
                        && !ready.template().inputsDigest().equals(run.inputsDigest());
    }

    /** A node that refuses a Pod at once would be asked again without a pause. */
    private boolean fellJustNow(RunStatus run) {
        return run.reason() != null
                && seen.attempts().stream()
                        .filter(attempt -> attempt.run() == run.number())
                        .filter(attempt -> attempt.state() instanceof PodState.Lost lost && !lost.started())
                        .anyMatch(attempt -> seen.now()
                                .isBefore(attempt.created().plus(seen.policy().initialBackoff())));
    }

    /** Ends a run whose spec was edited into one that cannot be run; whatever comes next is new. */
    private Decision refused(RunStatus run, Wanted.Invalid invalid) {
        answer();
        return endings.finish(
                run.toBuilder().inputsDigest(null).build(),
                Outcome.unreported(Verdict.FAILED, invalid.reason(), invalid.message()));
    }

    private Decision attemptDue(RunStatus run, Wanted wanted) {
        if (wanted instanceof Wanted.Blocked blocked) {
            return new Decision.Block(blocked.message());
        }
        answer();
        boolean rejected = REJECTIONS.stream().anyMatch(reason -> reason.name().equals(run.reason()));
        if (rejected && timeout.overdue(run)) {
            return tooLate(run);
        }
        if (wanted instanceof Wanted.Missing missing) {
            RunStatus told = run.toBuilder()
                    .because(missing.reason().name(), Advice.on(missing.reason(), missing.message()))
                    .build();
            return timeout.overdue(run) ? tooLate(told) : new Decision.Await(told);
        }
        if (wanted instanceof Wanted.Ready ready) {
            // Why the last Pod was refused stands until it is known how this one fares.
            RunStatus told = rejected
                    ? run
                    : run.toBuilder()
                            .because("Pending", "the Pod is being created")
                            .build();
            return start(told, ready.template());
        }
        throw new IllegalStateException("a run under way wants something: " + wanted);
    }

    private Decision start(RunStatus run, AttemptTemplate template) {
        int attempt = run.attempt() + 1;
        RunStatus started = run.toBuilder()
                .attempt(attempt, template.owner().podName(run.number(), attempt))
                .inputsDigest(template.inputsDigest())
                .container(null, null, null)
                .build();
        return new Decision.Start(
                started, template, seen.request(), seen.policy().recordFirst());
    }

    private void answer() {
        answered = seen.request() == null ? answered : seen.request();
    }
}
