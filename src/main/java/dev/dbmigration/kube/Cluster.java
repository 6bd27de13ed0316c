package dev.dbmigration.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few calls that are made for Pods and ConfigMaps, their answers as values. */
public final class Cluster {

    private static final Logger log = LoggerFactory.getLogger(Cluster.class);
    static final int UNPROCESSABLE = 422;
    private static final int LOG_BYTES = 256 * 1024;

    private final KubernetesClient client;

    public Cluster(KubernetesClient client) {
        this.client = client;
    }

    /** Creates an object, once: a plain POST, never an update. */
    public Creation create(HasMetadata object) {
        try {
            client.resource(object).create();
            return new Creation.Created();
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> taken(object, e);
                case HttpURLConnection.HTTP_FORBIDDEN -> new Creation.Refused(words(e));
                case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE -> new Creation.Invalid(words(e));
                default -> throw e;
            };
        }
    }

    private Creation taken(HasMetadata object, KubernetesClientException conflict) {
        HasMetadata holder = client.resource(object).get();
        if (holder == null) {
            throw conflict;
        }
        return new Creation.Taken(holder);
    }

    /** Asks the API server itself, since a cache may lag behind. */
    public Optional<Pod> pod(String namespace, String name) {
        return Optional.ofNullable(
                client.pods().inNamespace(namespace).withName(name).get());
    }

    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.ofNullable(
                client.configMaps().inNamespace(namespace).withName(name).get());
    }

    public List<ConfigMap> configMaps(String namespace, Map<String, String> labels) {
        return client.configMaps()
                .inNamespace(namespace)
                .withLabels(labels)
                .list()
                .getItems();
    }

    /**
     * Deletes a Pod if it is still exactly the one that was seen.
     *
     * @return false where it had changed meanwhile
     */
    public boolean deleteUnchanged(String namespace, String name, String resourceVersion) {
        try {
            client.pods()
                    .inNamespace(namespace)
                    .withName(name)
                    .lockResourceVersion(resourceVersion)
                    .delete();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    /** Gives an object another spec, if it is still the one that was seen; else the next look does. */
    public <T extends CustomResource<?, ?>> void replaceSpec(T seen, T desired) {
        desired.getMetadata().setResourceVersion(seen.getMetadata().getResourceVersion());
        try {
            client.resource(desired).update();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    public void delete(HasMetadata object) {
        client.resource(object).delete();
    }

    /** The last lines of a container's log; empty where there are none to be had. */
    public List<String> logTail(String namespace, String pod, String container, int lines) {
        try {
            String text = client.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .inContainer(container)
                    .limitBytes(LOG_BYTES)
                    .tailingLines(lines)
                    .getLog();
            return text == null ? List.of() : text.lines().toList();
        } catch (KubernetesClientException e) {
            log.debug("no log of Pod {}/{}: {}", namespace, pod, e.getMessage());
            return List.of();
        }
    }

    /** What the kubelet last said of a volume that it could not mount. */
    public Optional<String> failedMount(String namespace, String pod, String uid) {
        try {
            return client
                    .v1()
                    .events()
                    .inNamespace(namespace)
                    .withField("involvedObject.name", pod)
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> "FailedMount".equals(event.getReason()))
                    .filter(event -> uid.equals(event.getInvolvedObject().getUid()))
                    .max(Comparator.comparing(Cluster::tellsWhy).thenComparing(Cluster::time))
                    .map(Event::getMessage);
        } catch (KubernetesClientException e) {
            log.debug("no events of Pod {}/{}: {}", namespace, pod, e.getMessage());
            return Optional.empty();
        }
    }

    /** Every two minutes the kubelet sums up which volumes it waits for, and not why. */
    private static boolean tellsWhy(Event event) {
        return event.getMessage() != null && !event.getMessage().startsWith("Unable to attach or mount volumes");
    }

    private static String time(Event event) {
        return event.getLastTimestamp() == null ? "" : event.getLastTimestamp();
    }

    /** The API server's sentence without the client's own around it. */
    static String words(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse(e.getMessage());
    }
}
