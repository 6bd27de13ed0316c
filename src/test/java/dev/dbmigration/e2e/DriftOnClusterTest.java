package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that run again and again on the cluster, and a column that somebody drops by hand. */
@Tag("e2e")
class DriftOnClusterTest {

    private static final String KIND = "MigrationVerification";

    private final Site site;

    DriftOnClusterTest() throws IOException {
        site = new Site("drift-e2e");
    }

    @AfterEach
    void close() throws IOException {
        site.close();
    }

    @Test
    void aColumnDroppedByHandIsNoticedWithinTheInterval() throws IOException {
        Database database = site.filledDatabase("drifting");
        Example example = Example.of("12-again-and-again.yaml", site.users, database, "");
        GenericKubernetesResource verification = example.resources().get(0);
        verification.<Map<String, Object>>get("spec").put("interval", "10s");
        String name = verification.getMetadata().getName();
        site.install(values -> values);
        try (Shown shown = new Shown(site)) {
            site.client.resource(verification).create();
            new Waiting(site.client, verification).forCondition("Verified");
            awaitRun(name, 3);
            assertThat(shown.events(KIND, name))
                    .extracting(DriftOnClusterTest::reason)
                    .containsExactly("RunStarted", "Verified");
            List<JsonNode> quiet = List.copyOf(shown.states(KIND, name));

            database.as("postgres", "").execute("ALTER TABLE clinical_notes DROP COLUMN \"sessionDate\"");

            assertThat(new Waiting(site.client, verification)
                            .forReason("Verified", "DriftDetected")
                            .get("message"))
                    .asString()
                    .startsWith("passed at ")
                    .contains("notes keep their session");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(shown.events(KIND, name))
                            .extracting(DriftOnClusterTest::reason)
                            .containsExactly("RunStarted", "Verified", "DriftDetected"));
            assertThat(shown.metrics())
                    .contains("dbmigration_verification_drifts_total{kind=\"" + KIND + "\",name=\"" + name
                            + "\",namespace=\"" + site.users + "\"} 1.0");
            eachLookThatFoundAllWellWasOneWrite(quiet);
        }
    }

    private void awaitRun(String name, int number) {
        await("run " + number).atMost(PATIENCE).until(() -> {
            MigrationVerification found = site.client
                    .resources(MigrationVerification.class)
                    .inNamespace(site.users)
                    .withName(name)
                    .get();
            return found.getStatus() != null
                    && found.getStatus().run() != null
                    && found.getStatus().run().number() >= number;
        });
    }

    /** Besides the first run, whose container is told when it starts. */
    private static void eachLookThatFoundAllWellWasOneWrite(List<JsonNode> states) {
        assertThat(states)
                .extracting(state -> state.at("/status/run/number").asInt())
                .filteredOn(number -> number > 1)
                .doesNotHaveDuplicates()
                .contains(2, 3);
        assertThat(states)
                .filteredOn(state -> state.at("/status/run/number").asInt() > 1)
                .extracting(state -> state.at("/status/phase").asText())
                .containsOnly("Verified");
    }

    private static String reason(String event) {
        return event.split(" ")[1];
    }
}
