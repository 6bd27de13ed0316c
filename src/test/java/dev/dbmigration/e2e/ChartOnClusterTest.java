package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.chart.Chart;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.scenario.ClinicalNotes;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The chart on the cluster that {@code KUBECONFIG} names: installed by Helm's own library, asked by {@code helm test},
 * used, and gone again but for the definitions and what users made.
 *
 * <p>{@code -De2e.image=NAME:TAG} is an image that the cluster has; {@code -De2e.watch=true} keeps the operator to the
 * test's own namespace, where others use the cluster too.
 */
@Tag("e2e")
class ChartOnClusterTest {

    private static final String RELEASE = "chart-e2e";
    private static final String NAME = RELEASE + "-dbmigration-operator";
    private static final String USERS = "chart-e2e-ehr";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path EXAMPLE = Path.of("deploy/examples/01-draft-fields-nullable.yaml");
    private static final Set<String> KEPT = Set.of(
            "APIService v1alpha1.dbmigration.dev",
            "CustomResourceDefinition databasemigrations.dbmigration.dev",
            "CustomResourceDefinition migrationverifications.dbmigration.dev");

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Postgres postgres = Postgres.startWithPasswords();
    private final Database database = postgres.newDatabase("ehr");
    private Relay relay;

    @BeforeEach
    void namespacesAndDatabase() throws IOException {
        relay = Relay.to(postgres.port(), addressSeenByPods());
        ClinicalNotes.create(database.as("postgres", ""));
        database.as("postgres", "").execute("ALTER TABLE clinical_notes OWNER TO " + database.user());
        for (String name : List.of(RELEASE, USERS)) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
            await().atMost(PATIENCE)
                    .until(() -> client.serviceAccounts()
                                    .inNamespace(name)
                                    .withName("default")
                                    .get()
                            != null);
        }
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(USERS)
                        .withName("ehr-db")
                        .endMetadata()
                        .withStringData(Map.of("username", database.user(), "password", database.password()))
                        .build())
                .create();
        adoptDefinitions();
    }

    @AfterEach
    void removeEverything() throws IOException {
        Helm.uninstall(RELEASE)
                .withNamespace(RELEASE)
                .withKubeConfig(kubeconfig())
                .ignoreNotFound()
                .call();
        for (String name : List.of(USERS, RELEASE)) {
            client.namespaces().withName(name).delete();
            await().atMost(PATIENCE)
                    .until(() -> client.namespaces().withName(name).get() == null);
        }
        relay.close();
        postgres.close();
        client.close();
    }

    @Test
    void isInstalledTestedUsedAndGone() throws IOException {
        Set<String> before = Inventory.of(client, RELEASE);
        before.addAll(KEPT);

        install();
        assertThat(Helm.test(RELEASE)
                        .withNamespace(RELEASE)
                        .withKubeConfig(kubeconfig())
                        .withTimeout(60)
                        .call()
                        .getStatus())
                .isEqualTo("deployed");
        theExampleIsVerified();
        mayDoNothingElse();
        itsLogIsJson();
        Helm.uninstall(RELEASE)
                .withNamespace(RELEASE)
                .withKubeConfig(kubeconfig())
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
                .withKubeConfig(kubeconfig())
                .set("image.repository", image[0])
                .set("image.tag", image[1])
                .set("replicas", 2)
                .waitReady()
                .withTimeout((int) PATIENCE.toSeconds());
        if (Boolean.getBoolean("e2e.watch")) {
            install.set("watchNamespaces[0]", USERS);
        }
        assertThat(install.call().getStatus()).isEqualTo("deployed");
    }

    private void theExampleIsVerified() throws IOException {
        String yaml = Files.readString(EXAMPLE)
                .replace("namespace: ehr", "namespace: " + USERS)
                .replaceFirst(
                        "host: .*", "host: " + addressSeenByPods().getHostAddress() + "\n    port: " + relay.port())
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

    /** Definitions that were there before Helm are handed to the release, as docs/install.md tells. */
    private void adoptDefinitions() {
        for (String kind : List.of("databasemigrations", "migrationverifications")) {
            var definition =
                    client.apiextensions().v1().customResourceDefinitions().withName(kind + ".dbmigration.dev");
            if (definition.get() != null) {
                definition.edit(found -> {
                    found.getMetadata().getAnnotations().put("meta.helm.sh/release-name", RELEASE);
                    found.getMetadata().getAnnotations().put("meta.helm.sh/release-namespace", RELEASE);
                    found.getMetadata().getLabels().put("app.kubernetes.io/managed-by", "Helm");
                    return found;
                });
            }
        }
    }

    /** The address of this machine on the way to the API server: pods have that way too. */
    private InetAddress addressSeenByPods() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(client.getMasterUrl().getHost(), 9));
            return socket.getLocalAddress();
        }
    }

    private static Path kubeconfig() {
        String file = System.getenv("KUBECONFIG");
        return file == null ? Path.of(System.getProperty("user.home"), ".kube", "config") : Path.of(file);
    }
}
