package dev.dbmigration.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** No run is under way. */
class AtRestTest extends RowTests {

    private static final RunStatus APPLIED = Situation.ended(1, RunStatus.SUCCEEDED);

    @Test
    @Row("R101")
    void firstRun() {
        Decision.Start start = decide(Situation.sql(), Decision.Start.class);
        assertThat(start.run().number()).isEqualTo(1);
        assertThat(start.run().attempt()).isEqualTo(1);
        assertThat(start.run().pod()).isEqualTo(Situation.pod(1, 1));
        assertThat(start.run().startTime()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    @Row("R102")
    void firstRunOfAContainer() {
        assertThat(decide(Situation.container(), Decision.Start.class).recorded())
                .isTrue();
    }

    @Test
    @Row("R103")
    void sameDigest() {
        decide(Situation.sql().last(Situation.ended(1, RunStatus.FAILED)), Decision.Rest.class);
        decide(Situation.sql().last(Situation.ended(1, RunStatus.UNKNOWN)), Decision.Rest.class);
        assertThat(decide(Situation.sql().last(APPLIED).edited()).generation()).isEqualTo(2);
    }

    @Test
    @Row("R104")
    void otherDigest() {
        Situation now = Situation.sql().last(APPLIED).edited().wants("b");
        Decision.Start start = decide(now, Decision.Start.class);
        assertThat(start.run().number()).isEqualTo(2);
        assertThat(start.run().inputsDigest()).isEqualTo("b");
    }

    @Test
    @Row("R105")
    void request() {
        Decided decided = decide(Situation.sql().last(APPLIED).requested("now"));
        assertThat(decided.answered()).isEqualTo("now");
        assertThat(((Decision.Start) decided.decision()).request()).isEqualTo("now");
        assertThat(((Decision.Start) decided.decision()).run().number()).isEqualTo(2);
    }

    @Test
    @Row("R106")
    void nothingToLookAt() {
        decide(Situation.sql().last(APPLIED).wanted(new Wanted.Nothing()));
    }

    @Test
    @Row("R107")
    void missingSource() {
        Decided decided = decide(Situation.sql().missing().requested("now"));
        assertThat(decided.decision().run().number()).isEqualTo(1);
        assertThat(decided.decision().run().attempt()).isZero();
        assertThat(decided.decision().run().message())
                .isEqualTo("ConfigMap files does not exist; provide it, or correct its name");
        assertThat(decided.answered()).as("it is this run's").isEqualTo("now");
    }

    @Test
    @Row("R108")
    void invalidSpec() {
        assertThat(decide(Situation.sql()
                                .last(APPLIED)
                                .invalid()
                                .requested("now")
                                .suspended())
                        .answered())
                .isEqualTo("now");
    }

    @Test
    @Row("R109")
    void suspendedFromTheStart() {
        decide(Situation.sql().suspended());
    }

    @Test
    @Row("R110")
    void suspendedWithSomethingDue() {
        decide(Situation.sql().last(APPLIED).suspended().wants("b"), Decision.Suspend.class);
        Decided decided = decide(Situation.sql().last(APPLIED).suspended().requested("now"));
        assertThat(decided.answered()).isNull();
    }

    @Test
    @Row("R111")
    void suspendedWithNothingDue() {
        decide(Situation.sql().last(APPLIED).suspended().edited());
    }

    @Test
    @Row("R112")
    void blocked() {
        assertThat(decide(Situation.sql().last(APPLIED).blocked().requested("now"))
                        .answered())
                .isNull();
    }

    @Test
    @Row("R113")
    void blockedAndSuspended() {
        decide(Situation.sql().blocked().suspended());
    }

    @Test
    @Row("R114")
    void correctedAfterARefusedPod() {
        RunStatus refused = Situation.tried(1, Duration.ofHours(1))
                .attempt(0, null)
                .because("InvalidSpec", "limits")
                .outcome(RunStatus.FAILED)
                .finished(Situation.NOW.toString(), "1s")
                .build();
        decide(Situation.sql().last(refused), Decision.Rest.class);
        assertThat(decide(Situation.sql().last(refused).edited()).decision().run())
                .isNotNull();
    }

    @Test
    @Row("R115")
    void againAfterTheInterval() {
        Decision.Start start = decide(Situation.sql().last(APPLIED).every("1h"), Decision.Start.class);
        assertThat(start.run().number()).isEqualTo(2);
        assertThat(start.run().inputsDigest()).isEqualTo("a");
        assertThat(start.request()).isNull();
    }

    @Test
    @Row("R116")
    void notYetOrHeldBack() {
        decide(Situation.sql().last(APPLIED).every("1h1s"), Decision.Rest.class);
        decide(Situation.sql().last(APPLIED).every("1h").suspended());
    }
}
