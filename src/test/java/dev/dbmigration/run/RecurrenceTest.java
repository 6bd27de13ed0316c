package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbmigration.api.v1alpha1.RunStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    private static RunStatus ran(String start, String finish) {
        return RunStatus.begin(1, start).finished(finish, "1s").build();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:10Z, 2026-03-01T13:00:00Z",
        "2026-03-01T13:00:00Z, 2026-03-01T13:00:00Z",
        "2026-03-01T13:00:01Z, 2026-03-01T14:00:00Z",
        "2026-03-01T14:00:00Z, 2026-03-01T14:00:00Z",
        "2026-03-01T17:30:00Z, 2026-03-01T18:00:00Z"
    })
    void anIntervalIsCountedFromTheStartAndNeverOverlaps(String finish, String next) {
        assertThat(Recurrence.every("1h").after(ran("2026-03-01T12:00:00Z", finish)))
                .contains(Instant.parse(next));
    }

    @ParameterizedTest
    @CsvSource({
        "0 3 * * *,        ,              2026-03-01T12:00:00Z, 2026-03-02T03:00:00Z",
        "0 3 * * *,        Europe/Berlin, 2026-03-01T12:00:00Z, 2026-03-02T02:00:00Z",
        "0 3 * * *,        Europe/Berlin, 2026-06-01T12:00:00Z, 2026-06-02T01:00:00Z",
        "*/15 * * * *,     ,              2026-03-01T12:15:00Z, 2026-03-01T12:30:00Z",
        "30 8 * * MON-FRI, Asia/Kolkata,  2026-03-06T12:00:00Z, 2026-03-09T03:00:00Z"
    })
    void aScheduleIsReadInItsTimeZone(String schedule, String zone, String finish, String next) {
        assertThat(Recurrence.at(schedule, zone).after(ran("2026-03-01T11:00:00Z", finish)))
                .contains(Instant.parse(next));
    }

    /** As Kubernetes' own CronJobs have it. */
    @Test
    void anHourThatSummerTimeLeavesOutIsLeftOut() {
        RunStatus before = ran("2026-03-28T02:00:00Z", "2026-03-28T02:00:01Z");
        assertThat(Recurrence.at("30 2 * * *", "Europe/Berlin").after(before))
                .contains(Instant.parse("2026-03-30T00:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "61 * * * *", "0 0 3 * * *", "every hour", "@daily"})
    void whatIsNoScheduleIsSaid(String schedule) {
        assertThatThrownBy(() -> Recurrence.at(schedule, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + schedule + "\" is not a schedule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "berlin", ""})
    void whatIsNoTimeZoneIsSaid(String zone) {
        assertThatThrownBy(() -> Recurrence.at("0 3 * * *", zone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + zone + "\" is not a time zone");
    }
}
