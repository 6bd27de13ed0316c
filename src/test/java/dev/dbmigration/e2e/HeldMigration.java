package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A migration that stays under way for as long as a test wants: it changes a row that this holds, and takes effect
 * visibly each time.
 */
final class HeldMigration implements AutoCloseable {

    private static final String NAME = "held";

    private final Site site;
    private final Database database;
    private final Connection holder;
    private Pod pod;

    /** Holds the row and creates the migration. */
    HeldMigration(Site site) throws IOException, SQLException {
        this.site = site;
        database = site.database();
        database.execute("CREATE TABLE counted (n int)");
        database.execute("INSERT INTO counted VALUES (0)");
        holder = database.connect();
        holder.setAutoCommit(false);
        holder.createStatement().execute("SELECT n FROM counted FOR UPDATE");
        site.client.resource(migration()).create();
    }

    private DatabaseMigration migration() {
        return Serialization.unmarshal(
                """
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: %s, namespace: %s}
                spec:
                  database: {host: %s, port: %d, name: %s, secretRef: {name: ehr-db}}
                  sql:
                    sources: [{inline: {name: 001_count.sql, content: "UPDATE counted SET n = n + 1"}}]
                  timeouts: {lock: 1h}
                """.formatted(NAME, site.users, database.host(), database.port(), database.name()),
                DatabaseMigration.class);
    }

    /** Waits until its statement waits for the row, and its status says Running. */
    void awaitUnderWay() {
        await("the statement's wait for the row").atMost(PATIENCE).until(this::waits);
        await("Running").atMost(PATIENCE).until(() -> status() != null && "Running".equals(status().phase()));
        pod = onlyPod();
    }

    /** Whether its statement waits for the row. */
    boolean waits() {
        return database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND query LIKE 'UPDATE counted%'")
                != null;
    }

    /** Lets go of the row. */
    void letGo() throws SQLException {
        holder.rollback();
    }

    /** Waits for its end: by the Pod that was under way, in its first attempt, with one effect and one row. */
    void awaitAppliedOnce() {
        await("Applied")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status().phase()).isEqualTo("Applied"));
        assertThat(status().run().number()).isEqualTo(1);
        assertThat(status().run().attempt()).isEqualTo(1);
        assertThat(onlyPod().getMetadata().getUid()).isEqualTo(pod.getMetadata().getUid());
        assertThat(database.query("SELECT n FROM counted")).isEqualTo("1");
        assertThat(database.query("SELECT count(*) FROM dbmigration.migrations"))
                .isEqualTo("1");
    }

    private DatabaseMigrationStatus status() {
        return site.client
                .resources(DatabaseMigration.class)
                .inNamespace(site.users)
                .withName(NAME)
                .get()
                .getStatus();
    }

    /** The one Pod that was ever made for it. */
    private Pod onlyPod() {
        List<Pod> pods = site.client
                .pods()
                .inNamespace(site.users)
                .withLabel("dbmigration.dev/name", NAME)
                .list()
                .getItems();
        assertThat(pods).hasSize(1);
        return pods.get(0);
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
