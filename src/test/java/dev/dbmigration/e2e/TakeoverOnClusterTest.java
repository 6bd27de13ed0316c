package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.e2e.failure.Containers;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas, of which the one that leads goes without a farewell in the middle of a migration. */
@Tag("e2e")
class TakeoverOnClusterTest {

    private final Site site;

    TakeoverOnClusterTest() throws IOException {
        site = new Site("takeover-e2e");
    }

    @AfterEach
    void close() throws IOException {
        site.close();
    }

    @ParameterizedTest(name = "its Pod ends while nobody leads: {0}")
    @ValueSource(booleans = {false, true})
    void theOtherOneFinishesWhatIsUnderWay(boolean endsMeanwhile) throws IOException, SQLException {
        site.install(values -> values.set("replicas", 2));
        try (HeldMigration migration = new HeldMigration(site)) {
            migration.awaitUnderWay();
            Pod leader = site.leader();

            goesWithoutFarewell(leader);
            if (endsMeanwhile) {
                migration.letGo();
            }
            await("another leader").atMost(PATIENCE).until(() -> isAnother(site.leader(), leader));

            migration.letGo();
            migration.awaitAppliedOnce();
        }
    }

    /**
     * Its processes are killed where this machine is the node. The Pod is deleted too, or its container would be
     * started again under the same name, which still holds the Lease.
     */
    private void goesWithoutFarewell(Pod leader) {
        Containers.kill(leader);
        site.client.resource(leader).withGracePeriod(0).delete();
    }

    private static boolean isAnother(Pod now, Pod before) {
        return now != null
                && !now.getMetadata().getUid().equals(before.getMetadata().getUid());
    }
}
