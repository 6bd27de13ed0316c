package dev.dbmigration.reconcile;

import dev.dbmigration.pod.Attempt;
import dev.dbmigration.report.Reason;
import dev.dbmigration.run.Decision;
import dev.dbmigration.run.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** When to look again although nothing may have happened: where only time brings the next step, or nobody tells. */
final class Schedule {

    /** Where something is waited for of which no event tells, such as a ConfigMap that is not watched. */
    private static final Duration POLL = Duration.ofSeconds(5);

    /** A refused Pod is tried by creating it again, which costs more than a look. */
    private static final Duration REFUSED = Duration.ofSeconds(15);

    /** After this the caches show what was just written. */
    static final Duration SOON = Duration.ofMillis(50);

    private static final Duration LEAST = Duration.ofMillis(100);

    private Schedule() {}

    /** The time until the next look; null: an event will tell. */
    static Duration after(Decision decision, Observation seen) {
        if (decision instanceof Decision.Finish || decision instanceof Decision.Retry) {
            // An edit or a request that came while the attempt ran is looked at now; no event tells of it again.
            return SOON;
        }
        if (decision instanceof Decision.Await await
                && Reason.PodRejected.name().equals(await.run().reason())) {
            return REFUSED;
        }
        if (decision instanceof Decision.Await
                || decision instanceof Decision.Hold
                || decision instanceof Decision.Withdraw) {
            return POLL;
        }
        if (decision instanceof Decision.Start) {
            return Observer.MOUNT_PATIENCE;
        }
        if (decision instanceof Decision.Backoff backoff) {
            return until(Instant.parse(backoff.run().nextAttemptTime()), seen.now());
        }
        Stream<Instant> times = decision instanceof Decision.Rest
                ? Stream.concat(deadlines(seen), seen.recurs().stream())
                : deadlines(seen);
        return times.min(Comparator.naturalOrder())
                .map(time -> until(time, seen.now()))
                .orElse(null);
    }

    /** When a deleted Pod is given up, or a sidecar has run on for long enough. */
    private static Stream<Instant> deadlines(Observation seen) {
        return seen.attempts().stream()
                .flatMap(attempt -> Stream.of(attempt.lostAt(), sidecarEnd(attempt)))
                .filter(Objects::nonNull);
    }

    private static Instant sidecarEnd(Attempt attempt) {
        return attempt.outlivedSince() == null ? null : attempt.outlivedSince().plus(Deeds.SIDECAR_PATIENCE);
    }

    private static Duration until(Instant time, Instant now) {
        Duration left = Duration.between(now, time);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }
}
