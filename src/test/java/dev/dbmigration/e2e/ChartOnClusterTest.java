package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;
import static dev.dbmigration.e2e.Site.RELEASE;
import static dev.dbmigration.e2e.Site.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.chart.Chart;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The chart on the cluster that {@code KUBECONFIG} names: installed by Helm's own library, asked by {@code helm test},
 * used, and gone again but for the definitions and what users made.
 *
 * <p>{@code -De2e.image=NAME:TAG} is an image that the cluster has; {@code -De2e.watch=true} keeps the operator to the
 * test's own namespace and the definitions as they are, where others use the cluster too.
 */
@Tag("e2e")
class ChartOnClusterTest {

    private static final String NAME = RELEASE + "-dbmigration-operator";
    private static final Path EXAMPLE = Path.of("deploy/examples/01-draft-fields-nullable.yaml");
    private static final Set<String> KEPT = Set.of(
            "APIService v1alpha1.dbmigration.dev",
            "CustomResourceDefinition databasemigrations.dbmigration.dev",
            "CustomResourceDefinition migrationverifications.dbmigration.dev");

    private final Site site;
    private final KubernetesClient client;

    ChartOnClusterTest() throws IOException {
        site = new Site();
        client = site.client;
    }

    @AfterEach
    void close() throws IOException {
        site.close();
    }

    @Test
    void isInstalledTestedUsedAndGone() throws IOException {
        Set<String> before = Inventory.of(client, RELEASE);
        before.addAll(KEPT);

        install();
        assertThat(Helm.test(RELEASE)
                        .withNamespace(RELEASE)
                        .withKubeConfig(Site.kubeconfig())
                        .withTimeout(60)
                        .call()
                        .getStatus())
                .isEqualTo("deployed");
        theExampleIsVerified();
        mayDoNothingElse();
        itsLogIsJson();
        Helm.uninstall(RELEASE)
                .withNamespace(RELEASE)
                .withKubeConfig(Site.kubeconfig())
                .call();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Inventory.of(client, RELEASE)).isEqualTo(before));
        assertThat(example().getStatus().phase()).isEqualTo("Verified");
        assertThat(client.pods().inNamespace(USERS).list().getItems()).hasSize(2);
    }

    private void install() {
        String[] image = System.getProperty("e2e.image", "").split(":");
        InstallCommand install = new Helm(Chart.DIRECTORY)
                .install()
                .withName(RELEASE)
                .withNamespace(RELEASE)
                .withKubeConfig(Site.kubeconfig())
                .set("image.repository", image[0])
                .set("image.tag", image[1])
                .set("replicas", 2)
                .waitReady()
                .withTimeout((int) PATIENCE.toSeconds());
        if (Boolean.getBoolean("e2e.watch")) {
            install.set("watchNamespaces[0]", USERS).set("crds.install", false);
        }
        assertThat(install.call().getStatus()).isEqualTo("deployed");
    }

    private void theExampleIsVerified() throws IOException {
        Database database = site.database();
        String yaml = Files.readString(EXAMPLE)
                .replace("namespace: ehr", "namespace: " + USERS)
                .replaceFirst("host: .*", "host: " + database.host() + "\n    port: " + database.port())
                .replaceFirst("name: ehr\n", "name: " + database.name() + "\n");
        client.resource(Serialization.unmarshal(yaml, DatabaseMigration.class)).create();
        await().atMost(PATIENCE)
                .until(() -> example().getStatus() != null
                        && Conditions.isTrue(example().getStatus().conditions(), "Verified"));
        for (Pod pod : client.pods().inNamespace(USERS).list().getItems()) {
            assertThat(pod.getStatus().getPhase()).isEqualTo("Succeeded");
        }
    }

    private DatabaseMigration example() {
        return client.resources(DatabaseMigration.class)
                .inNamespace(USERS)
                .withName("draft-fields-nullable")
                .get();
    }

    private void mayDoNothingElse() {
        Access access = new Access(client, NAME, RELEASE);
        List<String> wrong = new ArrayList<>();
        AccessTable.rows().forEach((right, expected) -> {
            String[] words = right.split(" ");
            for (String namespace : List.of(USERS, RELEASE, "kube-system")) {
                boolean watched = namespace.equals(USERS) || !Boolean.getBoolean("e2e.watch");
                if (access.may(words[0], words[1], namespace) != (expected && watched)) {
                    wrong.add(right + " in " + namespace);
                }
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(access.may("patch", "coordination.k8s.io/leases", USERS)).isFalse();
        assertThat(access.may("delete", "coordination.k8s.io/leases", RELEASE)).isFalse();
    }

    private void itsLogIsJson() {
        var pods = client.pods().inNamespace(RELEASE);
        for (Pod pod :
                pods.withLabel("app.kubernetes.io/instance", RELEASE).list().getItems()) {
            String log = pods.withName(pod.getMetadata().getName()).getLog();
            assertThat(log.lines()).isNotEmpty().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }
    }
}
