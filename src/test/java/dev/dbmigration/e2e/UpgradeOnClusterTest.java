package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import dev.dbmigration.chart.Chart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code helm upgrade} in the middle of a migration.
 *
 * <p>{@code -De2e.image.next=NAME:TAG} is the image that is upgraded to, which the cluster must have; by default
 * {@code e2e.image} with {@code -next} behind its tag. It may be the same image.
 */
@Tag("e2e")
class UpgradeOnClusterTest {

    private static final String NEXT =
            System.getProperty("e2e.image.next", System.getProperty("e2e.image", "") + "-next");
    private static final String NEXT_VERSION = "0.1.99";

    private final Site site;

    @TempDir
    Path directory;

    UpgradeOnClusterTest() throws IOException {
        site = new Site("upgrade-e2e");
    }

    @AfterEach
    void close() throws IOException {
        site.close();
    }

    @Test
    void whatIsUnderWayRunsOnAndIsFinishedByTheNextOperator() throws IOException, SQLException {
        site.install(values -> values);
        try (HeldMigration migration = new HeldMigration(site)) {
            migration.awaitUnderWay();
            String before = nameOf(site.leader());

            Release release = site.upgrade(nextChart(), NEXT);

            assertThat(release.getChart()).isEqualTo("dbmigration-operator-" + NEXT_VERSION);
            await("the next leader")
                    .atMost(PATIENCE)
                    .until(() -> site.leader() != null && !nameOf(site.leader()).equals(before));
            assertThat(imageOf(site.leader())).isEqualTo(NEXT);
            assertThat(migration.waits()).isTrue();
            migration.letGo();
            migration.awaitAppliedOnce();
        }
        theNextOneRunsMigrations();
    }

    private void theNextOneRunsMigrations() throws IOException {
        Example example =
                Example.of("01-draft-fields-nullable.yaml", site.users, site.filledDatabase("after_upgrade"), "");
        GenericKubernetesResource migration = example.resources().get(0);
        site.client.resource(migration).create();
        new Waiting(site.client, migration).forCondition("Verified");
        assertThat(site.client
                        .pods()
                        .inNamespace(site.users)
                        .withLabel(
                                "dbmigration.dev/name", migration.getMetadata().getName())
                        .list()
                        .getItems())
                .extracting(UpgradeOnClusterTest::imageOf)
                .containsOnly(NEXT);
    }

    /** The chart with another version, packed as it would be published. */
    private Path nextChart() throws IOException {
        Path copy = directory.resolve("dbmigration-operator");
        try (Stream<Path> files = Files.walk(Chart.DIRECTORY)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(Chart.DIRECTORY.relativize(file)));
            }
        }
        Path description = copy.resolve("Chart.yaml");
        Files.writeString(
                description,
                Files.readString(description).replaceFirst("(?m)^version: .*", "version: " + NEXT_VERSION));
        new Helm(copy).packageIt().withDestination(directory).call();
        return directory.resolve("dbmigration-operator-" + NEXT_VERSION + ".tgz");
    }

    private static String nameOf(Pod pod) {
        return pod.getMetadata().getName();
    }

    private static String imageOf(Pod pod) {
        return pod.getSpec().getContainers().get(0).getImage();
    }
}
