package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.kube.Conditions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
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

    private static final String RELEASE = "chart-e2e";
    private static final String NAME = RELEASE + "-dbmigration-operator";
    private static final String EXAMPLE = "01-draft-fields-nullable.yaml";
    private static final Set<String> KEPT = Set.of(
            "APIService v1alpha1.dbmigration.dev",
            "CustomResourceDefinition databasemigrations.dbmigration.dev",
            "CustomResourceDefinition migrationverifications.dbmigration.dev");

    private final Site site;
    private final KubernetesClient client;

    ChartOnClusterTest() throws IOException {
        site = new Site(RELEASE);
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

        site.install(values -> values.set("replicas", 2));
        assertThat(Helm.test(RELEASE)
                        .withNamespace(RELEASE)
                        .withKubeConfig(Site.kubeconfig())
                        .withTimeout((int) PATIENCE.toSeconds())
                        .call()
                        .getStatus())
                .isEqualTo("deployed");
        theExampleIsVerified();
        mayDoNothingElse();
        itsLogIsJson();
        site.uninstall();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Inventory.of(client, RELEASE)).isEqualTo(before));
        assertThat(example().getStatus().phase()).isEqualTo("Verified");
        assertThat(client.pods().inNamespace(site.users).list().getItems()).hasSize(2);
    }

    private void theExampleIsVerified() throws IOException {
        client.resource(Serialization.unmarshal(site.example(EXAMPLE), DatabaseMigration.class))
                .create();
        await().atMost(PATIENCE)
                .until(() -> example().getStatus() != null
                        && Conditions.isTrue(example().getStatus().conditions(), "Verified"));
        for (Pod pod : client.pods().inNamespace(site.users).list().getItems()) {
            assertThat(pod.getStatus().getPhase()).isEqualTo("Succeeded");
        }
    }

    private DatabaseMigration example() {
        return client.resources(DatabaseMigration.class)
                .inNamespace(site.users)
                .withName("draft-fields-nullable")
                .get();
    }

    private void mayDoNothingElse() {
        Access access = new Access(client, NAME, RELEASE);
        List<String> wrong = new ArrayList<>();
        AccessTable.rows().forEach((right, expected) -> {
            String[] words = right.split(" ");
            for (String namespace : List.of(site.users, RELEASE, "kube-system")) {
                boolean watched = namespace.equals(site.users) || !Site.SHARED;
                if (access.may(words[0], words[1], namespace) != (expected && watched)) {
                    wrong.add(right + " in " + namespace);
                }
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(access.may("patch", "coordination.k8s.io/leases", site.users))
                .isFalse();
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
