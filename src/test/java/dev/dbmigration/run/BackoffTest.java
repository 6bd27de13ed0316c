package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.pod.GoDuration;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The next attempt's time has not come, or has. */
class BackoffTest extends RowTests {

    private static RunStatus next(String time) {
        return Situation.tried(3, Duration.ofHours(5))
                .attempt(1, null)
                .retries(1)
                .container("app@sha256:1", 1, null)
                .because("ConnectionFailed", "no route")
                .nextAttemptTime(time)
                .build();
    }

    private static final RunStatus NOT_YET = next("2026-03-01T12:00:01Z");
    private static final RunStatus DUE = next("2026-03-01T12:00:00Z");

    @Test
    @Row("R601")
    void notYet() {
        assertThat(decide(Situation.sql().last(NOT_YET)).decision().run()).isEqualTo(NOT_YET);
    }

    @Test
    @Row("R602")
    void due() {
        RunStatus run = decide(Situation.sql().last(DUE)).decision().run();
        assertThat(run.number()).isEqualTo(3);
        assertThat(run.attempt()).isEqualTo(2);
        assertThat(run.retries()).isEqualTo(1);
        assertThat(run.imageID()).as("that of the attempt before").isNull();
        assertThat(run.exitCode()).isNull();
    }

    @Test
    @Row("R603")
    void otherDigest() {
        Decided decided = decide(Situation.sql().last(NOT_YET).edited().wants("b"));
        assertThat(decided.decision().run().number()).isEqualTo(4);
        assertThat(decided.decision().run().retries()).isZero();
        assertThat(decided.generation()).isEqualTo(2);
    }

    @Test
    @Row("R604")
    void request() {
        Decided decided = decide(Situation.sql().last(NOT_YET).requested("now"));
        assertThat(decided.decision().run().number()).isEqualTo(4);
        assertThat(((Decision.Start) decided.decision()).request()).isEqualTo("now");
    }

    @Test
    @Row("R605")
    void sameDigest() {
        Decided decided = decide(Situation.sql().last(NOT_YET).edited());
        assertThat(decided.generation()).isEqualTo(2);
    }

    @Test
    @Row("R606")
    void editedIntoNonsense() {
        decide(Situation.sql().last(NOT_YET).edited().invalid());
    }

    @Test
    @Row("R607")
    void suspended() {
        RunStatus run = decide(Situation.sql().last(NOT_YET).edited().suspended())
                .decision()
                .run();
        assertThat(run.nextAttemptTime()).isNull();
        assertThat(run.retries()).isEqualTo(1);
    }

    @Test
    @Row("R608")
    void dueWithoutASource() {
        decide(Situation.sql().last(DUE).missing());
    }

    @Test
    @Row("R609")
    void nextAttemptWaits() {
        decide(waiting("2026-03-01T11:50:00Z"), Decision.Withdraw.class);
        decide(waiting("2026-03-01T11:50:01Z"));
    }

    private static Situation waiting(String due) {
        RunStatus run = next(due).toBuilder().attempt(2, Situation.pod(3, 2)).build();
        return Situation.sql().last(run).with(Situation.attempt(3, 2, Instant.parse(due), Attempts.NO_IMAGE));
    }

    @ParameterizedTest
    @CsvSource({"1, 10s", "2, 20s", "3, 40s", "6, 5m", "60, 5m"})
    void doubles(int retries, String backoff) {
        assertThat(Situation.sql().observation().policy().backoff(retries)).isEqualTo(GoDuration.parse(backoff));
    }
}
