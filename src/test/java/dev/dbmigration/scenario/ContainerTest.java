package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A user's image with another entrypoint: its exit code is the outcome. */
class ContainerTest extends Scenario {

    @Test
    void exitCodeZeroIsApplied() {
        stage.migration(yaml("test \"$PGDATABASE\" = " + database.name() + " && echo done", ""));

        DatabaseMigration done = stage.awaitPhase("tool", "Applied");

        assertThat(done.getStatus().run().exitCode()).isZero();
        assertThat(done.getStatus().run().logTail()).containsExactly("done");
        assertThat(stage.eventReasons("DatabaseMigration", "tool")).containsExactly("RunStarted", "Applied");
    }

    @Test
    void anotherExitCodeIsContainerFailedWithTheLastLinesMasked() {
        stage.migration(yaml("echo connecting to postgres://user:hunter2@db/x; echo password=hunter3; exit 3", ""));

        DatabaseMigration failed = stage.awaitPhase("tool", "Failed");

        assertThat(condition(failed, "Applied").getStatus()).isEqualTo("False");
        assertThat(condition(failed, "Applied").getReason()).isEqualTo("ContainerFailed");
        assertThat(failed.getStatus().run().exitCode()).isEqualTo(3);
        assertThat(failed.getStatus().run().logTail())
                .containsExactly("connecting to postgres://user:***@db/x", "password=***");
    }

    @Test
    void logTailIsLeftOutWhereTheSpecSaysSo() {
        stage.migration(yaml("echo something; exit 3", "logTail: false"));

        assertThat(stage.awaitPhase("tool", "Failed").getStatus().run().logTail())
                .isEmpty();
    }

    @Test
    void aStartedContainerWhosePodVanishesIsUnknownAndNeverStartedAgain() {
        stage.migration(yaml("sleep 600", ""));
        stage.awaitPhase("tool", "Running");

        stage.kubelet.vanish(stage.pods().get(0));

        DatabaseMigration unknown = stage.awaitPhase("tool", "Unknown");
        assertThat(condition(unknown, "Applied").getStatus()).isEqualTo("Unknown");
        assertThat(condition(unknown, "Applied").getReason()).isEqualTo("OutcomeUnknown");
        assertThat(condition(unknown, "Stalled").getStatus()).isEqualTo("True");
        assertThat(stage.pods()).isEmpty();
    }

    @Test
    void aRestartableOneIsStartedAgain() {
        stage.migration(yaml("sleep 600", "restartable: true"));
        stage.awaitPhase("tool", "Running");

        stage.kubelet.vanish(stage.pods().get(0));

        DatabaseMigration again = stage.awaitMigration(
                "tool", "second attempt", found -> found.getStatus().run().attempt() == 2);
        assertThat(again.getStatus().run().number()).isEqualTo(1);
    }

    @Test
    void aMemoryKillIsOutOfMemory() {
        stage.migration(yaml("sleep 600", ""));
        stage.awaitPhase("tool", "Running");

        stage.kubelet.oomKill(stage.pods().get(0));

        assertThat(condition(stage.awaitPhase("tool", "Failed"), "Applied").getReason())
                .isEqualTo("OutOfMemory");
    }

    @Test
    void anEvictionLeavesTheOutcomeUnknown() {
        stage.migration(yaml("sleep 600", ""));
        stage.awaitPhase("tool", "Running");

        stage.kubelet.evict(stage.pods().get(0));

        assertThat(condition(stage.awaitPhase("tool", "Unknown"), "Applied").getReason())
                .isEqualTo("OutcomeUnknown");
    }

    @Test
    void aPassedDeadlineIsDeadlineExceeded() {
        stage.migration(yaml("sleep 600", "") + "  timeouts: {start: 5s, run: 1s}\n");

        assertThat(condition(stage.awaitPhase("tool", "Failed"), "Applied").getReason())
                .isEqualTo("DeadlineExceeded");
    }

    @Test
    void suspendLetsARunningContainerEndAndStartsNothingNew() {
        stage.kubelet.holdExits();
        stage.migration(yaml("echo first", ""));
        stage.awaitPhase("tool", "Running");
        stage.edit("tool", json -> json.replace("\"suspend\":false", "\"suspend\":true"));
        stage.edit("tool", json -> json.replace("\"echo first\"", "\"echo second\""));
        stage.kubelet.releaseExits();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> stage.migrationNamed("tool").getStatus().run().finished());
        stage.awaitPhase("tool", "Suspended");
        assertThat(stage.pods()).hasSize(1);

        stage.edit("tool", json -> json.replace("\"suspend\":true", "\"suspend\":false"));
        DatabaseMigration second = stage.awaitMigration(
                "tool",
                "second run",
                found -> found.getStatus().phase().equals("Applied")
                        && found.getStatus().run().number() == 2);
        assertThat(second.getStatus().run().logTail()).containsExactly("second");
    }

    private String yaml(String script, String more) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: tool}
                spec:
                  database: %s
                  container:
                    image: app:1
                    entrypoint: [sh, -c]
                    args: ['%s']
                    %s
                """.formatted(Stage.databaseYaml(database, "db"), script, more);
    }
}
