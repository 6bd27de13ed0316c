package dev.dbmigration.e2e.failure;

import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** All that a failure can strike, on the cluster that KUBECONFIG names and on this machine, which is its node. */
final class Site implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    final KubernetesClient client = new KubernetesClientBuilder().build();
    final String namespace = "failure-suite-" + Long.toString(System.nanoTime(), 36);
    final String image;
    final String host;
    final HostPostgres postgres;
    final Network network;
    final OperatorChild operator;

    Site(String image, Path log) throws IOException {
        this.image = image;
        host = addressSeenByPods();
        definitions();
        namespace();
        postgres = new HostPostgres(host, "samenet");
        network = new Network(postgres.port());
        operator = new OperatorChild(client, namespace, image, log);
        operator.awaitLeader();
    }

    Resource<DatabaseMigration> migration(String name) {
        return client.resources(DatabaseMigration.class).inNamespace(namespace).withName(name);
    }

    List<Pod> pods(String migration) {
        return client.pods()
                .inNamespace(namespace)
                .withLabels(Map.of("dbmigration.dev/name", migration, "dbmigration.dev/kind", "DatabaseMigration"))
                .list()
                .getItems();
    }

    List<ConfigMap> snapshots(String migration) {
        return client.configMaps()
                .inNamespace(namespace)
                .withLabel("dbmigration.dev/name", migration)
                .list()
                .getItems();
    }

    private String addressSeenByPods() throws IOException {
        URI server = URI.create(client.getMasterUrl().toString());
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort()));
            return socket.getLocalAddress().getHostAddress();
        }
    }

    private void definitions() throws IOException {
        for (String kind : List.of("databasemigrations", "migrationverifications")) {
            String text = Files.readString(Path.of("deploy/crds/" + kind + ".dbmigration.dev.yaml"));
            CustomResourceDefinition definition = Serialization.unmarshal(text, CustomResourceDefinition.class);
            if (client.resource(definition).get() == null) {
                client.resource(definition).create();
            }
        }
    }

    private void namespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        await("the service account of " + namespace)
                .atMost(PATIENCE)
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("db")
                        .endMetadata()
                        .withStringData(Map.of("username", "postgres", "password", "unasked-password"))
                        .build())
                .create();
    }

    @Override
    public void close() throws IOException {
        try (client;
                postgres;
                network;
                operator) {
            client.namespaces().withName(namespace).delete();
        }
    }
}
