package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.testing.ApiRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run costs the API server, and that a finished one costs nothing. */
class QuietTest extends Scenario {

    @Test
    void oneInlineFileCostsTwoStatusesTwoEventsASnapshotAndAPod() {
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        stage.awaitPhase("m", "Applied");
        await().until(() -> stage.eventReasons("DatabaseMigration", "m").contains("Applied"));

        assertThat(writes())
                .containsExactly(
                        "create configmaps",
                        "create pods",
                        "update databasemigrations",
                        "create events",
                        "update databasemigrations",
                        "create events");
    }

    @Test
    void twentyResyncsOfFinishedResourcesWriteNothing() {
        stage.migration(OneFile.inline(
                "good", database, OneFile.COUNTING, "  verify: {checks: [{name: t, table: {name: effect}}]}"));
        stage.migration(OneFile.inline("bad", database, "selec 1;"));
        stage.migration(OneFile.container("tool", database, "exit 1"));
        stage.awaitPhase("good", "Verified");
        stage.awaitPhase("bad", "Failed");
        stage.awaitPhase("tool", "Failed");
        stage.restartOperator();
        stage.api.requests().clear();

        for (int i = 0; i < 20; i++) {
            double before = reconciliations();
            stage.poke();
            await().atMost(Duration.ofSeconds(10)).until(() -> reconciliations() >= before + 4);
        }

        assertThat(writes()).isEmpty();
    }

    private List<String> writes() {
        return stage.api.requests().writesBy(Stage.OPERATOR).stream()
                .filter(request -> !request.resource().equals("leases"))
                .map(QuietTest::word)
                .toList();
    }

    private static String word(ApiRequest request) {
        return request.verb() + " " + request.resource();
    }

    /** Reconciliations that have come to their end, of all four resources. */
    private double reconciliations() {
        return stage.metric("operator_sdk_reconciliations_success_total");
    }
}
