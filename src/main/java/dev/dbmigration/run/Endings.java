package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.pod.WorkKind;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Reason.Cure;
import dev.dbmigration.report.Report;
import java.time.Instant;

/**
 * What follows when an attempt has come to its end: another one, or the end of its run.
 *
 * @param end when that was, as far as it is known
 */
record Endings(RunPolicy policy, Instant now, Instant end) {

    /** For an attempt that may be something else than what the spec asks for by now. */
    Endings of(WorkKind work) {
        return new Endings(policy.restartable(work.restartable()), now, end);
    }

    /** For an attempt that ended before it was looked at; a clock that runs ahead of ours does not count. */
    Endings at(Instant finished) {
        return new Endings(policy, now, finished.isBefore(now) ? finished : now);
    }

    /** How an attempt ended that may have started was not seen. */
    Decision lost(RunStatus run, Reason reason, String message) {
        if (policy.restartable() && reason == Reason.DeadlineExceeded) {
            String advice = "; raise timeouts.run, then ask for a new run";
            return finish(run, Outcome.unreported(Verdict.UNKNOWN, reason, message + advice));
        }
        if (policy.restartable()) {
            return ended(run, Outcome.unreported(Verdict.UNKNOWN, reason, message));
        }
        return finish(
                run,
                Outcome.unreported(
                        Verdict.UNKNOWN,
                        Reason.OutcomeUnknown,
                        message + "; see what it did to the database, then ask for a new run by the annotation"));
    }

    /** An attempt ended, and what it came to is known as far as it can be. */
    Decision ended(RunStatus run, Outcome outcome) {
        boolean curable = outcome.reason() != null && curable(outcome);
        if (outcome.verdict() == Verdict.SUCCEEDED || !curable || run.retries() >= policy.limit()) {
            return finish(run, outcome);
        }
        int retries = run.retries() + 1;
        Instant next = now.plus(policy.backoff(retries));
        RunStatus retry = Decision.described(run, outcome)
                .attempt(run.attempt(), null)
                .retries(retries)
                .nextAttemptTime(Times.formatUp(next))
                .build();
        return new Decision.Retry(retry, outcome);
    }

    private boolean curable(Outcome outcome) {
        Cure cure = outcome.reason().cure();
        return cure == Cure.RETRY || (cure == Cure.RETRY_IF_RESTARTABLE || open(outcome)) && policy.restartable();
    }

    /** Whether only another attempt can tell how far the last one came. */
    private static boolean open(Outcome outcome) {
        return outcome.report() == null
                ? outcome.reason() == Reason.OutcomeUnknown
                : outcome.report().outcome() == Report.Outcome.Unknown;
    }

    /** The run is over. */
    Decision finish(RunStatus run, Outcome outcome) {
        boolean checked = outcome.report() != null && outcome.report().outcome() == Report.Outcome.CheckError;
        boolean exhausted = outcome.verdict() == Verdict.UNKNOWN
                && !checked
                && outcome.reason() != null
                && outcome.reason() != Reason.OutcomeUnknown
                && curable(outcome);
        return Decision.Finish.of(run, exhausted ? unknown(outcome) : outcome, end);
    }

    /** The cause of each attempt's end is known, but what they did to the database is not. */
    private static Outcome unknown(Outcome outcome) {
        return new Outcome(
                Verdict.UNKNOWN,
                Reason.OutcomeUnknown,
                outcome.reason() + ": " + outcome.message() + "; no attempt is left, ask for a new run",
                outcome.report(),
                outcome.exitCode(),
                outcome.imageID(),
                outcome.logTail());
    }
}
