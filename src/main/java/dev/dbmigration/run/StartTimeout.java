package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Attempt;
import java.time.Duration;
import java.time.Instant;

/**
 * How long what heals by itself is waited for.
 *
 * @param patience {@code timeouts.start}
 */
record StartTimeout(Duration patience, Instant now) {

    /** Whether the container of an attempt should have started by now. */
    boolean overdue(RunStatus run, Attempt attempt) {
        Instant deadline = deadline(run);
        // An attempt that was made late, since nobody was there or another resource came first, has its time too.
        Instant due = attempt.created().isBefore(deadline)
                ? deadline
                : attempt.created().plus(patience);
        return !now.isBefore(due);
    }

    /** Whether an attempt should have started by now, had it been made. */
    boolean overdue(RunStatus run) {
        return !now.isBefore(deadline(run));
    }

    /** From the run's decision, or after a failed attempt from when the next one was due. */
    private Instant deadline(RunStatus run) {
        Instant decided = Instant.parse(run.startTime());
        Instant due = run.nextAttemptTime() == null ? decided : Instant.parse(run.nextAttemptTime());
        return (due.isAfter(decided) ? due : decided).plus(patience);
    }
}
