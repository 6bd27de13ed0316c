package dev.dbmigration.e2e.failure;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;

/** The operator as a process of its own, started again whenever it ends, as a kubelet does with a container. */
final class OperatorChild implements AutoCloseable {

    private static final String LEASE = "dbmigration-operator";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final String namespace;
    private final String image;
    private final Path log;
    private Process process;
    private boolean closed;

    OperatorChild(KubernetesClient client, String namespace, String image, Path log) {
        this.client = client;
        this.namespace = namespace;
        this.image = image;
        this.log = log;
        start();
    }

    /** No farewell; the next one begins at once. */
    void kill() {
        current().destroyForcibly();
    }

    /**
     * Gives the lease to nobody: the operator must end by itself, and the next one wait until it has run out. Whether it
     * had it: one that was started a moment ago only waits a little longer for its turn.
     */
    boolean loseLease() {
        Process before = current();
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        client.leases().inNamespace(namespace).withName(LEASE).edit(lease -> {
            lease.getSpec().setHolderIdentity("nobody");
            lease.getSpec().setRenewTime(now);
            lease.getSpec().setAcquireTime(now);
            return lease;
        });
        await("the end of an operator that lost its lease")
                .atMost(PATIENCE)
                .ignoreException(KubernetesClientException.class)
                .until(() -> !before.isAlive() || isHeld(lease()));
        return !before.isAlive();
    }

    /** Who leads, for a first migration to find somebody at work. */
    void awaitLeader() {
        await("a leader").atMost(PATIENCE).until(this::lease, OperatorChild::isHeld);
    }

    private Lease lease() {
        return client.leases().inNamespace(namespace).withName(LEASE).get();
    }

    private static boolean isHeld(Lease lease) {
        return lease != null && "operator".equals(lease.getSpec().getHolderIdentity());
    }

    private synchronized Process current() {
        return process;
    }

    private synchronized void start() {
        if (closed) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.dbmigration.Main",
                "operator");
        builder.environment()
                .putAll(Map.of(
                        "DBMIGRATION_RUNNER_IMAGE", image,
                        "DBMIGRATION_NAMESPACES", namespace,
                        "DBMIGRATION_HTTP_PORT", "0",
                        "POD_NAMESPACE", namespace,
                        "POD_NAME", "operator"));
        builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        try {
            process = builder.start();
            process.onExit().thenRun(this::start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        last.destroy();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> !last.isAlive());
        } finally {
            last.destroyForcibly();
        }
    }
}
