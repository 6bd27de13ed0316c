package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A database that is not there yet, or does not let us in. */
class DatabaseDownTest {

    @Test
    void attemptsComeAtTheStatedTimesUntilTheDatabaseIsUp() {
        TestClock clock = new TestClock();
        Database database = new Database("localhost", Postgres.freePort(), "postgres", "postgres", "any");
        try (Stage stage = new Stage(clock)) {
            stage.startOperator();
            stage.secretFor(database, "db");
            stage.migration(
                    OneFile.inline("m", database, OneFile.COUNTING, "  retry: {limit: 2, initialBackoff: 30s}"));

            DatabaseMigration first = awaitRetry(stage, 1);
            assertThat(condition(first, "Applied").getStatus()).isEqualTo("False");
            assertThat(condition(first, "Applied").getReason()).isEqualTo("ConnectionFailed");
            assertThat(condition(first, "Reconciling").getStatus()).isEqualTo("True");
            assertThat(first.getStatus().run().nextAttemptTime()).isEqualTo("2026-11-20T10:00:30Z");

            clock.advance(Duration.ofSeconds(29));
            stage.lookAgain();
            assertThat(stage.pods()).hasSize(1);

            clock.advance(Duration.ofSeconds(1));
            stage.poke();
            DatabaseMigration second = awaitRetry(stage, 2);
            assertThat(second.getStatus().run().nextAttemptTime()).isEqualTo("2026-11-20T10:01:30Z");

            try (Postgres up = Postgres.start(database.port())) {
                clock.advance(Duration.ofSeconds(60));
                stage.poke();
                DatabaseMigration done = stage.awaitPhase("m", "Applied");
                assertThat(done.getStatus().run().attempt()).isEqualTo(3);
                assertThat(done.getStatus().run().number()).isEqualTo(1);
                assertThat(up.admin().query("select sum(n) from effect")).isEqualTo("1");
            }
            assertThat(stage.eventReasons("DatabaseMigration", "m"))
                    .containsExactly(
                            "RunStarted", "RetryScheduled", "RunStarted", "RetryScheduled", "RunStarted", "Applied");
        }
    }

    @Test
    void afterTheLastAttemptItHasFailed() {
        Database database = new Database("localhost", Postgres.freePort(), "postgres", "postgres", "any");
        try (Stage stage = Stage.open()) {
            stage.secretFor(database, "db");
            stage.migration(OneFile.inline("m", database, OneFile.COUNTING, "  retry: {limit: 0}"));

            DatabaseMigration failed = stage.awaitPhase("m", "Failed");

            assertThat(condition(failed, "Applied").getReason()).isEqualTo("ConnectionFailed");
            assertThat(failed.getStatus().run().attempt()).isEqualTo(1);
        }
    }

    @Test
    void aWrongPasswordIsNotTriedAgain() {
        try (Postgres server = Postgres.startWithPasswords();
                Stage stage = Stage.open()) {
            Database database = server.newDatabase("scram");
            stage.secretFor(database.as(database.user(), "wrong"), "db");
            stage.migration(OneFile.inline("m", database, OneFile.COUNTING));

            DatabaseMigration failed = stage.awaitPhase("m", "Failed");

            assertThat(condition(failed, "Applied").getReason()).isEqualTo("AuthenticationFailed");
            assertThat(failed.getStatus().run().attempt()).isEqualTo(1);
            assertThat(condition(failed, "Applied").getMessage()).doesNotContain("wrong");
        }
    }

    @Test
    void anSqlAttemptThatVanishesIsRunAgainAndFindsItsLedger() {
        Database database = Postgres.shared().newDatabase("vanished");
        try (Stage stage = Stage.open()) {
            stage.secretFor(database, "db");
            stage.kubelet.holdExits();
            stage.migration(OneFile.inline("m", database, OneFile.COUNTING, "  retry: {initialBackoff: 1s}"));
            stage.awaitPhase("m", "Running");
            await().until(() -> Ledger.rows(database) == 1);

            stage.kubelet.vanish(stage.pods().get(0));
            DatabaseMigration lost = awaitRetry(stage, 1);
            assertThat(condition(lost, "Applied").getStatus()).isEqualTo("Unknown");
            stage.kubelet.releaseExits();

            DatabaseMigration done = stage.awaitPhase("m", "Applied");
            assertThat(done.getStatus().run().attempt()).isEqualTo(2);
            assertThat(done.getStatus().summary().alreadyApplied()).isEqualTo(1);
            assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
        }
    }

    private static DatabaseMigration awaitRetry(Stage stage, int retries) {
        return stage.awaitMigration(
                "m",
                "retry " + retries,
                found -> found.getStatus().phase().equals("Retrying")
                        && found.getStatus().run().retries() == retries);
    }
}
