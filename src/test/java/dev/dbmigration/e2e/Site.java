package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import dev.dbmigration.chart.Chart;
import dev.dbmigration.scenario.ClinicalNotes;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import dev.dbmigration.testing.ServerCertificate;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The cluster that {@code KUBECONFIG} names, with a namespace for the release and one for its users, and a database on
 * this machine that Pods reach. Closing it removes all of that, and the release.
 */
final class Site implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A namespace goes with all that it holds, which after a benchmark are thousands of events. */
    private static final Duration EMPTYING = Duration.ofMinutes(10);

    /** Whether others use the cluster too: the operator then keeps to {@link #users}, the definitions stay as they are. */
    static final boolean SHARED = Boolean.getBoolean("e2e.watch");

    /** Name of the release, and of its namespace. */
    final String release;
    /** Namespace of its users. */
    final String users;

    final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Postgres postgres = Postgres.startWithPasswords();
    private final Database local = postgres.newDatabase("ehr");
    private final Relay relay;

    Site(String release) throws IOException {
        this.release = release;
        this.users = release + "-users";
        try {
            relay = Relay.to(postgres.port(), addressSeenByPods());
            prepare();
        } catch (IOException | RuntimeException e) {
            // Whoever has no site cannot close it.
            postgres.close();
            throw e;
        }
    }

    private void prepare() {
        fill(local);
        namespace(release);
        namespace(users);
        secret("ehr-db", Map.of("username", local.user(), "password", local.password()));
        if (!SHARED) {
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
                    found.getMetadata().getAnnotations().put("meta.helm.sh/release-name", release);
                    found.getMetadata().getAnnotations().put("meta.helm.sh/release-namespace", release);
                    found.getMetadata().getLabels().put("app.kubernetes.io/managed-by", "Helm");
                    return found;
                });
            }
        }
    }

    /** Installs the chart with the image {@code -De2e.image}, and waits until it is ready. */
    void install(UnaryOperator<InstallCommand> values) {
        String[] image = System.getProperty("e2e.image", "").split(":");
        InstallCommand install = new Helm(Chart.DIRECTORY)
                .install()
                .withName(release)
                .withNamespace(release)
                .withKubeConfig(kubeconfig())
                .set("image.repository", image[0])
                .set("image.tag", image[1])
                .waitReady()
                .withTimeout((int) PATIENCE.toSeconds());
        if (SHARED) {
            install.set("watchNamespaces[0]", users).set("crds.install", false);
        }
        assertThat(values.apply(install).call().getStatus()).isEqualTo("deployed");
    }

    /** Upgrades the release to this chart, with its values as they are and this image, and waits until it is ready. */
    Release upgrade(Path chart, String image) {
        String[] parts = image.split(":");
        return new Helm(chart)
                .upgrade()
                .withName(release)
                .withNamespace(release)
                .withKubeConfig(kubeconfig())
                .resetThenReuseValues()
                .set("image.repository", parts[0])
                .set("image.tag", parts[1])
                .waitReady()
                .withTimeout((int) PATIENCE.toSeconds())
                .call();
    }

    /** The operator's Pod that leads; null: none does. */
    Pod leader() {
        Lease lease = client.leases()
                .inNamespace(release)
                .withName(release + "-dbmigration-operator")
                .get();
        String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
        return holder == null || holder.isEmpty()
                ? null
                : client.pods().inNamespace(release).withName(holder).get();
    }

    void uninstall() {
        Helm.uninstall(release)
                .withNamespace(release)
                .withKubeConfig(kubeconfig())
                .ignoreNotFound()
                .call();
    }

    /** A file of {@code deploy/examples}, with this site's namespace and database. */
    String example(String file) throws IOException {
        Database database = database();
        return Files.readString(Path.of("deploy/examples", file))
                .replace("namespace: ehr", "namespace: " + users)
                .replaceAll("host: .*", "host: " + database.host() + "\n    port: " + database.port())
                .replace("name: ehr\n", "name: " + database.name() + "\n");
    }

    /** A Secret of the users. */
    void secret(String name, Map<String, String> data) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(users)
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    /** The database as Pods reach it. */
    Database database() throws IOException {
        return seenByPods(local);
    }

    /** Another database as Pods reach it, with a Secret that opens it. */
    Database newDatabase(String secret) throws IOException {
        Database another = postgres.newDatabase("another");
        secret(secret, Map.of("username", another.user(), "password", another.password()));
        return seenByPods(another);
    }

    private Database seenByPods(Database database) throws IOException {
        return new Database(
                addressSeenByPods().getHostAddress(),
                relay.port(),
                database.name(),
                database.user(),
                database.password());
    }

    /** A further database of the same user, filled like the first, as Pods reach it. */
    Database filledDatabase(String name) throws IOException {
        postgres.admin().execute("CREATE DATABASE " + name + " OWNER " + local.user());
        fill(local.named(name));
        return database().named(name);
    }

    private static void fill(Database database) {
        Database owner = database.as("postgres", "");
        ClinicalNotes.create(owner);
        owner.execute("ALTER TABLE clinical_notes OWNER TO " + database.user());
    }

    /** From now on the database lets users in by TLS only; returns the certificate that they must trust, as PEM. */
    String requireTls() throws IOException {
        ServerCertificate certificate =
                ServerCertificate.of("ip:" + addressSeenByPods().getHostAddress());
        postgres.requireTls(certificate);
        return certificate.certificate();
    }

    /** {@code -De2e.host}, or else the address of this machine on the way to the API server: Pods have that way too. */
    private InetAddress addressSeenByPods() throws IOException {
        String told = System.getProperty("e2e.host");
        if (told != null) {
            return InetAddress.getByName(told);
        }
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
        uninstall();
        for (String name : List.of(users, release)) {
            client.namespaces().withName(name).delete();
            await("end of " + name)
                    .atMost(EMPTYING)
                    .until(() -> client.namespaces().withName(name).get() == null);
        }
        relay.close();
        postgres.close();
        client.close();
    }
}
