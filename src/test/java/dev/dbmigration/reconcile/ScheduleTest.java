package dev.dbmigration.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.report.Reason;
import dev.dbmigration.run.Decision;
import dev.dbmigration.run.Observation;
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
            new RunPolicy(false, false, true, Duration.ofMinutes(10), 3, Duration.ofSeconds(10), Duration.ofMinutes(5)),
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
}
