package dev.dbmigration.run;

import dev.dbmigration.api.v1alpha1.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How patient a resource is, and how careful one must be with it.
 *
 * @param recordFirst whether an attempt is written into the status before its Pod is made, as a container's is
 * @param restartable whether an attempt whose end was not seen may be followed by another
 * @param start from the run's decision to the container's start
 * @param limit attempts that may follow the first
 * @param recurrence when what has run runs again
 */
public record RunPolicy(
        boolean suspended,
        boolean recordFirst,
        boolean restartable,
        Duration start,
        int limit,
        Duration initialBackoff,
        Duration maxBackoff,
        Recurrence recurrence) {

    /** When a run is to be followed by one like it; empty: never, as things stand. {@code last} may be null. */
    public Optional<Instant> recurs(RunStatus last) {
        return suspended || last == null || !last.finished() ? Optional.empty() : recurrence.after(last);
    }

    RunPolicy restartable(boolean whether) {
        return new RunPolicy(suspended, recordFirst, whether, start, limit, initialBackoff, maxBackoff, recurrence);
    }

    /** The time between the end of an attempt and the next one: doubled each time. */
    Duration backoff(int retries) {
        Duration backoff = initialBackoff;
        for (int i = 1; i < retries && backoff.compareTo(maxBackoff) < 0; i++) {
            backoff = backoff.multipliedBy(2);
        }
        return backoff.compareTo(maxBackoff) < 0 ? backoff : maxBackoff;
    }
}
