package dev.dbmigration.e2e;

import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import dev.dbmigration.scenario.ClinicalNotes;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The cluster that {@code KUBECONFIG} names, with a namespace for the release and one for its users, and a database on
 * this machine that Pods reach. Closing it removes all of that, and the release.
 */
final class Site implements AutoCloseable {

    static final String RELEASE = "chart-e2e";
    static final String USERS = "chart-e2e-ehr";
    static final Duration PATIENCE = Duration.ofMinutes(2);

    final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Postgres postgres = Postgres.startWithPasswords();
    private final Database local = postgres.newDatabase("ehr");
    private final Relay relay;

    Site() throws IOException {
        relay = Relay.to(postgres.port(), addressSeenByPods());
        Database owner = local.as("postgres", "");
        ClinicalNotes.create(owner);
        owner.execute("ALTER TABLE clinical_notes OWNER TO " + local.user());
        namespace(RELEASE);
        namespace(USERS);
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(USERS)
                        .withName("ehr-db")
                        .endMetadata()
                        .withStringData(Map.of("username", local.user(), "password", local.password()))
                        .build())
                .create();
        if (!Boolean.getBoolean("e2e.watch")) {
            adoptDefinitions();
        }
    }

    private void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        var account = client.serviceAccounts().inNamespace(name).withName("default");
        await("service account of " + name).atMost(PATIENCE).until(() -> account.get() != null);
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

    /** The database as Pods reach it. */
    Database database() throws IOException {
        return new Database(
                addressSeenByPods().getHostAddress(), relay.port(), local.name(), local.user(), local.password());
    }

    /** The address of this machine on the way to the API server: Pods have that way too. */
    private InetAddress addressSeenByPods() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(client.getMasterUrl().getHost(), 9));
            return socket.getLocalAddress();
        }
    }

    static Path kubeconfig() {
        String file = System.getenv("KUBECONFIG");
        return file == null ? Path.of(System.getProperty("user.home"), ".kube", "config") : Path.of(file);
    }

    @Override
    public void close() throws IOException {
        Helm.uninstall(RELEASE)
                .withNamespace(RELEASE)
                .withKubeConfig(kubeconfig())
                .ignoreNotFound()
                .call();
        for (String name : List.of(USERS, RELEASE)) {
            client.namespaces().withName(name).delete();
            await("end of " + name)
                    .atMost(PATIENCE)
                    .until(() -> client.namespaces().withName(name).get() == null);
        }
        relay.close();
        postgres.close();
        client.close();
    }
}
