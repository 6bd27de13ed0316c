package dev.dbmigration.run;

import dev.dbmigration.pod.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as Kubernetes writes them: RFC 3339 in UTC, to the second. */
public final class Times {

    private Times() {}

    public static String format(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The first whole second not before the instant, so that nothing comes early. */
    static String formatUp(Instant instant) {
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        return (second.equals(instant) ? second : second.plusSeconds(1)).toString();
    }

    /** From a written time to an instant, as a Go-style duration. */
    static String between(String start, Instant end) {
        Duration duration = Duration.between(Instant.parse(start), end);
        return GoDuration.format(duration.isNegative() ? Duration.ZERO : duration);
    }
}
