package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.testing.ApiRequest;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that run every hour, and a database that changes behind everybody's back. */
class DriftTest {

    private final TestClock clock = new TestClock();
    private final Stage stage = new Stage(clock);
    private final Database database = Postgres.shared().newDatabase("drift");

    @BeforeEach
    void aVerificationThatPasses() {
        database.execute("create table t (id int, wanted int)");
        stage.startOperator();
        stage.secretFor(database, "db");
        stage.verification("""
                apiVersion: dbmigration.dev/v1alpha1
                kind: MigrationVerification
                metadata: {name: hourly}
                spec:
                  database: %s
                  interval: 1h
                  checks: [{name: wanted is there, column: {table: t, name: wanted}}]
                """.formatted(Stage.databaseYaml(database, "db")));
        stage.awaitVerification("hourly", "Verified");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aColumnThatSomebodyDropsIsFoundByTheNextLook() {
        database.execute("alter table t drop column wanted");
        clock.advance(Duration.ofMinutes(59));
        stage.lookAgain();
        assertThat(stage.pods()).hasSize(1);

        clock.advance(Duration.ofMinutes(1));
        stage.poke();

        MigrationVerification drifted = stage.awaitVerification("hourly", "VerificationFailed");
        assertThat(condition(drifted, "Verified").getReason()).isEqualTo("DriftDetected");
        assertThat(condition(drifted, "Verified").getMessage())
                .startsWith("passed at 2026-11-20T10:00:00Z, and now 1 of 1 check failed: wanted is there: ");
        assertThat(drifted.getStatus().run().number()).isEqualTo(2);
        assertThat(drifted.getStatus().conditions())
                .noneMatch(found -> found.getType().equals("Stalled"));
        await().untilAsserted(() -> assertThat(stage.eventReasons("MigrationVerification", "hourly"))
                .containsExactly("RunStarted", "Verified", "DriftDetected"));
        assertThat(stage.metric("dbmigration_verification_drifts_total")).isEqualTo(1);
    }

    @Test
    void aLookThatFindsAllWellIsOneStatusAndOnePodAfterTheOther() {
        stage.api.requests().clear();
        clock.advance(Duration.ofHours(1));
        stage.poke();

        stage.awaitVerification(
                "hourly",
                "second run",
                found -> found.getStatus().run().number() == 2
                        && found.getStatus().run().finished());
        await().until(() -> stage.pods().size() == 1);

        assertThat(writes())
                .filteredOn(word -> !word.startsWith("delete"))
                .containsExactly("create configmaps", "create pods", "update migrationverifications");
        assertThat(stage.eventReasons("MigrationVerification", "hourly")).containsExactly("RunStarted", "Verified");
        assertThat(stage.metric("dbmigration_verification_drifts_total")).isZero();
    }

    @Test
    void whatWasMissedIsRunOnceAndNothingWhileSuspended() {
        stage.editVerification("hourly", json -> json.replace("\"suspend\":false", "\"suspend\":true"));
        clock.advance(Duration.ofHours(30));
        stage.lookAgain();
        assertThat(stage.pods()).hasSize(1);

        stage.editVerification("hourly", json -> json.replace("\"suspend\":true", "\"suspend\":false"));
        stage.poke();
        MigrationVerification second = stage.awaitVerification(
                "hourly",
                "second run",
                found -> found.getStatus().run().number() == 2
                        && found.getStatus().run().finished());
        stage.lookAgain();

        assertThat(second.getStatus().phase()).isEqualTo("Verified");
        assertThat(stage.verificationNamed("hourly").getStatus().run().number()).isEqualTo(2);
    }

    private List<String> writes() {
        return stage.api.requests().writesBy(Stage.OPERATOR).stream()
                .filter(request -> !request.resource().equals("leases"))
                .map(DriftTest::word)
                .toList();
    }

    private static String word(ApiRequest request) {
        return request.verb() + " " + request.resource();
    }
}
