package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node loses power while a container runs there, and somebody deletes its Pod, which nobody confirms. */
class LostNodeTest {

    // Deletions have the time of the API server, which is the wall clock.
    private final TestClock clock = new TestClock(Instant.now());
    private final Stage stage = new Stage(clock);
    private final Database database = Postgres.shared().newDatabase("lost");

    @BeforeEach
    void open() {
        stage.startOperator();
        stage.secretFor(database, "db");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void sqlAsksItsLedgerWithTheNextAttempt() {
        database.execute("CREATE TABLE gate ()");
        stage.migration(OneFile.inline(
                "m",
                database,
                "select pg_sleep(case when exists (select from gate) then 0 else 600 end)",
                "  retry: {initialBackoff: 1s}"));
        loseTheNode();

        DatabaseMigration retrying = stage.awaitPhase("m", "Retrying");
        assertThat(condition(retrying, "Applied").getStatus()).isEqualTo("Unknown");
        assertThat(condition(retrying, "Applied").getReason()).isEqualTo("NodeLost");
        assertThat(condition(retrying, "Applied").getMessage()).contains("has not confirmed the end");

        database.execute("INSERT INTO gate DEFAULT VALUES");
        clock.advance(Duration.ofSeconds(10));
        assertThat(stage.awaitPhase("m", "Applied").getStatus().run().attempt()).isEqualTo(2);
    }

    @Test
    void aContainerIsNotStartedAgain() {
        stage.migration(OneFile.container("m", database, "sleep 600"));
        loseTheNode();

        DatabaseMigration unknown = stage.awaitPhase("m", "Unknown");
        assertThat(condition(unknown, "Stalled").getReason()).isEqualTo("OutcomeUnknown");
        assertThat(condition(unknown, "Stalled").getMessage())
                .contains("has not confirmed the end", "see what it did to the database");
        assertThat(stage.pods()).hasSize(1);
    }

    private void loseTheNode() {
        String name = stage.awaitPhase("m", "Running").getStatus().run().pod();
        var pod = stage.client.pods().inNamespace(Stage.NAMESPACE).withName(name);
        stage.kubelet.loseNode(pod.get());
        pod.delete();
        clock.advance(Duration.ofHours(1));
        stage.poke();
    }
}
