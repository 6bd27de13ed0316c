package dev.dbmigration.quickstart;

import dev.dbmigration.pod.Marks;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads on in the logs of Pods, as {@code kubectl logs --follow} does. */
final class LogTail {

    private final KubernetesClient client;
    private final Map<String, Integer> read = new HashMap<>();

    LogTail(KubernetesClient client) {
        this.client = client;
    }

    /** The lines that have come since the last call; a line that is still being written waits for its end. */
    List<String> news(Pod pod) {
        ContainerStatus container = pod.getStatus() == null
                ? null
                : pod.getStatus().getContainerStatuses().stream().findFirst().orElse(null);
        if (container == null || container.getState().getWaiting() != null) {
            return List.of();
        }
        String log = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .inContainer(Marks.CONTAINER)
                .getLog();
        String uid = pod.getMetadata().getUid();
        int from = read.getOrDefault(uid, 0);
        int to = container.getState().getTerminated() != null ? log.length() : log.lastIndexOf('\n') + 1;
        read.put(uid, Math.max(from, to));
        return log.substring(from, Math.max(from, to)).lines().toList();
    }
}
