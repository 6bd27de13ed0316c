package dev.dbmigration.run;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When what was run is run again although nothing has changed. Runs never overlap, and what was missed is run once. */
public interface Recurrence {

    /** Once is enough. */
    Recurrence NEVER = last -> Optional.empty();

    /** When the run that follows a finished one is due, which may be past; empty: never. */
    Optional<Instant> after(RunStatus last);

    /**
     * At every interval, counted from the start of the last run; those that pass while it goes on are left out.
     *
     * @param interval Go-style duration, such as {@code 1h}
     */
    static Recurrence every(String interval) {
        Duration duration = GoDuration.parse(interval);
        return last -> {
            Instant start = Instant.parse(last.startTime());
            Duration taken = Duration.between(start, Instant.parse(last.finishTime()));
            long intervals = taken.compareTo(duration) <= 0 ? 1 : ceiling(taken, duration);
            return Optional.of(start.plus(duration.multipliedBy(intervals)));
        };
    }

    private static long ceiling(Duration taken, Duration interval) {
        long whole = taken.dividedBy(interval);
        return interval.multipliedBy(whole).equals(taken) ? whole : whole + 1;
    }

    /**
     * At the times of a schedule; those that pass while a run goes on are left out.
     *
     * @param schedule five fields as crontab(5) has them; its nicknames, such as {@code @daily}, are not understood
     * @param timeZone name in the IANA database, such as {@code Europe/Berlin}; null: UTC
     * @throws IllegalArgumentException with a message for the user
     */
    static Recurrence at(String schedule, String timeZone) {
        ExecutionTime times = times(schedule);
        ZoneId zone = zone(timeZone);
        return last -> times.nextExecution(ZonedDateTime.ofInstant(Instant.parse(last.finishTime()), zone))
                .map(ZonedDateTime::toInstant);
    }

    private static ExecutionTime times(String schedule) {
        try {
            return ExecutionTime.forCron(
                    new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(schedule));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + schedule + "\" is not a schedule (" + e.getMessage()
                            + "); write minute, hour, day of month, month and day of week such as 0 3 * * *",
                    e);
        }
    }

    /**
     * The time zone of a schedule.
     *
     * @param timeZone null: UTC
     * @throws IllegalArgumentException with a message for the user
     */
    static ZoneId zone(String timeZone) {
        if (timeZone == null) {
            return ZoneOffset.UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw new IllegalArgumentException(
                    "\"" + timeZone + "\" is not a time zone of the IANA database, such as Europe/Berlin");
        }
        return ZoneId.of(timeZone);
    }
}
