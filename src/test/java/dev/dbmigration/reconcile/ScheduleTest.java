package dev.dbmigration.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.report.Reason;
import dev.dbmigration.run.Decision;
import dev.dbmigration.run.Observation;
import dev.dbmigration.run.Recurrence;
import dev.dbmigration.run.RunPolicy;
import dev.dbmigration.run.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RunStatus RUN = RunStatus.begin(1, NOW.toString())
            .nextAttemptTime(NOW.plusSeconds(30).toString())
            .build();
    private static final Outcome LOST = Outcome.unreported(Verdict.UNKNOWN, Reason.NodeLost, "lost");

    /** The spec is of generation 2, and what runs is of generation 1. */
    private static final Observation EDITED = new Observation(
            2,
            1,
            RUN,
            null,
            List.of(),
            Wanted.Nothing::new,
            pod -> false,
            ended -> LOST,
            new RunPolicy(
                    false,
                    false,
                    true,
                    Duration.ofMinutes(10),
                    3,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    Recurrence.NEVER),
            NOW);

    @Test
    void aRunningContainerIsNotLookedAtAgainBeforeSomethingHappensEvenWhereTheSpecWasEdited() {
        assertThat(Schedule.after(new Decision.Run(RUN, null), EDITED)).isNull();
        assertThat(Schedule.after(new Decision.Rest(), EDITED)).isNull();
    }

    @Test
    void whatCameWhileAnAttemptRanIsLookedAtOnceItHasEnded() {
        assertThat(Schedule.after(Decision.Finish.of(RUN, LOST, NOW), EDITED)).isEqualTo(Schedule.SOON);
        assertThat(Schedule.after(new Decision.Retry(RUN, LOST), EDITED)).isEqualTo(Schedule.SOON);
    }

    @Test
    void aBackoffLastsUntilItsTime() {
        assertThat(Schedule.after(new Decision.Backoff(RUN), EDITED)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatRunsAgainIsLookedAtWhenItIsDueAndNotBefore() {
        Observation hourly = hourly(false);
        assertThat(Schedule.after(new Decision.Rest(), hourly)).isEqualTo(Duration.ofMinutes(50));
        assertThat(Schedule.after(new Decision.Run(RUN, null), hourly)).isNull();
        assertThat(Schedule.after(new Decision.Rest(), hourly(true))).isNull();
    }

    private static Observation hourly(boolean suspended) {
        RunStatus ended = RunStatus.begin(1, NOW.minusSeconds(600).toString())
                .finished(NOW.minusSeconds(590).toString(), "10s")
                .build();
        RunPolicy policy = new RunPolicy(
                suspended,
                false,
                true,
                Duration.ofMinutes(10),
                3,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Recurrence.every("1h"));
        return new Observation(
                1, 1, ended, null, List.of(), Wanted.Nothing::new, pod -> false, end -> LOST, policy, NOW);
    }
}
