package dev.dbmigration.e2e.failure;

import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.kube.Conditions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;

/** Lets one thing happen to one migration at a random moment of its run. */
final class Strike {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Site site;
    private final Migration migration;
    private final Random random;
    private final ApiServerProcess apiServer;

    Strike(Site site, Migration migration, Random random, ApiServerProcess apiServer) {
        this.site = site;
        this.migration = migration;
        this.random = random;
        this.apiServer = apiServer;
    }

    /** Whether it came in time to hit the run. */
    boolean with(Kill kill) throws IOException {
        Pod pod = kill.needsPod() ? awaitPod() : null;
        if (kill.needsSession() && (pod == null || !awaitAtWork(pod))) {
            return false;
        }
        moment(kill.needsSession() ? 400 : kill.needsPod() ? 2500 : 4000);
        if (over() || kill.needsPod() && (pod == null || ended(pod))) {
            return false;
        }
        return switch (kill) {
            case OPERATOR_KILLED -> done(site.operator::kill);
            case LEASE_LOST -> site.operator.loseLease();
            case POD_DELETED -> deleted(pod, 10);
            case POD_FORCE_DELETED -> deleted(pod, 0);
            case CONTAINER_KILLED -> Containers.kill(site.client.resource(pod).get());
            case DATABASE_STOPPED -> databaseStopped();
            case NETWORK_CUT -> networkCut(pod);
            case NETWORK_CUT_AND_POD_GONE -> networkCutAndPodGone(pod);
            case NETWORK_LOST -> networkLost(pod);
            case SNAPSHOT_DELETED -> snapshotDeleted();
            case RESOURCE_EDITED -> edited();
            case RESOURCE_DELETED -> !site.migration(migration.name).delete().isEmpty();
            case API_SERVER_STOPPED -> apiServer.stopFor(random.nextInt(500, 8000));
        };
    }

    /** A moment is what is wanted here, not a condition. */
    private void moment(int atMostMillis) {
        Duration moment = Duration.ofMillis(random.nextInt(1, atMostMillis));
        await().pollDelay(moment).atMost(moment.plusSeconds(60)).until(() -> true);
    }

    private Pod awaitPod() {
        try {
            return await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreException(KubernetesClientException.class)
                    .until(this::newest, pod -> pod != null && pod.getStatus().getPodIP() != null);
        } catch (ConditionTimeoutException e) {
            return null;
        }
    }

    /** Until the server works for it; what it does then takes half a second or more. */
    private boolean awaitAtWork(Pod pod) {
        String session = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%'"
                + " AND application_name = '" + pod.getMetadata().getName() + "'";
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreException(IllegalStateException.class)
                    .until(() -> !"0".equals(migration.database.query(session)) || ended(pod));
            return !ended(pod);
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private Pod newest() {
        return site.pods(migration.name).stream()
                .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .orElse(null);
    }

    private boolean ended(Pod pod) {
        Pod now = site.client.resource(pod).get();
        return now == null || now.getStatus().getPhase().matches("Succeeded|Failed");
    }

    private boolean over() {
        DatabaseMigrationStatus status = site.migration(migration.name).get().getStatus();
        return status != null && Conditions.isTrue(status.conditions(), "Finished");
    }

    private static boolean done(Runnable strike) {
        strike.run();
        return true;
    }

    private boolean deleted(Pod pod, long grace) {
        return !site.client.resource(pod).withGracePeriod(grace).delete().isEmpty();
    }

    private boolean databaseStopped() throws IOException {
        synchronized (site.postgres) {
            site.postgres.stop();
            moment(5000);
            site.postgres.startAgain();
        }
        return true;
    }

    private boolean networkCut(Pod pod) throws IOException {
        String address = pod.getStatus().getPodIP();
        site.network.cut(address);
        try {
            moment(8000);
        } finally {
            site.network.mend(address);
        }
        return true;
    }

    /** The Pod's session never hears of its end. */
    private boolean networkCutAndPodGone(Pod pod) throws IOException {
        String address = pod.getStatus().getPodIP();
        site.network.cut(address);
        try {
            deleted(pod, random.nextInt(2));
            await("the end of " + pod.getMetadata().getName())
                    .atMost(PATIENCE)
                    .ignoreException(KubernetesClientException.class)
                    .until(() -> site.client.resource(pod).get() == null);
            moment(10_000);
        } finally {
            site.network.mend(address);
        }
        return true;
    }

    /** The Pod ends by itself, and another one takes over. */
    private boolean networkLost(Pod pod) throws IOException {
        if (!migration.work.isSql()) {
            // How long a user's own program waits for a server that is gone is the user's business.
            return false;
        }
        String address = pod.getStatus().getPodIP();
        site.network.cut(address);
        try {
            await("the end of " + pod.getMetadata().getName() + ", whose network is gone")
                    .atMost(Duration.ofMinutes(3))
                    .ignoreException(KubernetesClientException.class)
                    .until(() -> ended(pod));
        } finally {
            site.network.mend(address);
        }
        return true;
    }

    private boolean snapshotDeleted() {
        return site.snapshots(migration.name).stream()
                .map(snapshot -> site.client.resource(snapshot).delete().isEmpty())
                .reduce(false, (any, none) -> any || !none);
    }

    /** {@code sql}: one file more, which is a new run; a container: what starts none. */
    private boolean edited() {
        if (migration.work.isSql()) {
            migration.grow();
            site.client.resource(migration.source(site.namespace)).update();
        }
        PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
        site.migration(migration.name).patch(merge, "{\"spec\": {\"historyLimit\": 5}}");
        return true;
    }
}
