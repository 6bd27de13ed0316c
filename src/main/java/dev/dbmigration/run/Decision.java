package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.AttemptTemplate;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.report.Reason;
import java.time.Instant;

/** What is to be said of a resource, and done for it. The status is written first, then the deed is done. */
public sealed interface Decision {

    /** The run that it is about, as it is to be recorded; null: none. */
    default RunStatus run() {
        return null;
    }

    /** Nothing to do, and nothing new to say of the run. */
    record Rest() implements Decision {}

    /** The Pod is on its way, and nothing keeps it that a user should know of. */
    record Hold() implements Decision {}

    /** A run is due and held back by {@code suspend}; {@code run} is null where there was none. */
    record Suspend(RunStatus run) implements Decision {}

    /** A run is due and another resource comes first. */
    record Block(String message) implements Decision {}

    /** The spec cannot be run. */
    record Refuse(Reason reason, String message) implements Decision {}

    /** Something is waited for; {@code run} says what. */
    record Await(RunStatus run) implements Decision {}

    /** An attempt is to be made; {@code recorded} tells whether the status says so first. */
    record Start(RunStatus run, AttemptTemplate template, String request, boolean recorded) implements Decision {}

    /** The container runs. */
    record Run(RunStatus run, Attempt attempt) implements Decision {}

    /** The Pod of an attempt that has not started is to be deleted; {@code run} says why. */
    record Withdraw(RunStatus run, Attempt attempt) implements Decision {}

    /** Another attempt follows at {@code run.nextAttemptTime}; {@code outcome} is what the last one came to. */
    record Retry(RunStatus run, Outcome outcome) implements Decision {}

    /** The next attempt's time has not come. */
    record Backoff(RunStatus run) implements Decision {}

    /** The run has ended. */
    record Finish(RunStatus run, Outcome outcome) implements Decision {

        /** Ends a run with what its last attempt came to. */
        public static Finish of(RunStatus run, Outcome outcome, Instant now) {
            RunStatus ended = described(run, outcome)
                    .finished(Times.format(now), Times.between(run.startTime(), now))
                    .outcome(
                            switch (outcome.verdict()) {
                                case SUCCEEDED -> RunStatus.SUCCEEDED;
                                case PLANNED -> RunStatus.PLANNED;
                                case FAILED -> RunStatus.FAILED;
                                case UNKNOWN -> RunStatus.UNKNOWN;
                            })
                    .nextAttemptTime(null)
                    .build();
            return new Finish(ended, outcome);
        }
    }

    /** A run with what its last attempt came to. */
    static RunStatus.Builder described(RunStatus run, Outcome outcome) {
        boolean fine = outcome.verdict() == Verdict.SUCCEEDED;
        return run.toBuilder()
                .because(fine ? null : outcome.word(), fine ? null : outcome.message())
                .container(
                        outcome.imageID() == null ? run.imageID() : outcome.imageID(),
                        outcome.exitCode(),
                        outcome.logTail());
    }
}
