package dev.dbmigration.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the users of a site see of their resources: each state that was ever shown, rows, events and figures. */
final class Shown implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VERSION = "dbmigration.dev/v1alpha1";

    private final Site site;
    private final KubernetesClient client;
    private final Map<String, List<JsonNode>> states = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<GenericKubernetesResource>> watches;

    Shown(Site site) {
        this.site = site;
        this.client = site.client;
        this.watches = Stream.of("DatabaseMigration", "MigrationVerification")
                .map(this::watch)
                .toList();
    }

    private SharedIndexInformer<GenericKubernetesResource> watch(String kind) {
        return client.genericKubernetesResources(VERSION, kind)
                .inNamespace(site.users)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(GenericKubernetesResource resource) {
                        states(kind, resource.getMetadata().getName()).add(MAPPER.valueToTree(resource));
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource resource) {
                        onAdd(resource);
                    }

                    @Override
                    public void onDelete(GenericKubernetesResource resource, boolean unknown) {
                        // What was shown stays.
                    }
                });
    }

    /** The states of a resource so far, in their order. */
    List<JsonNode> states(String kind, String name) {
        return states.computeIfAbsent(kind + "/" + name, any -> new CopyOnWriteArrayList<>());
    }

    /** The row that {@code kubectl get -o wide} prints, by its columns. */
    Map<String, String> row(String kind, String name) {
        String path =
                "apis/" + VERSION + "/namespaces/" + site.users + "/" + kind.toLowerCase(Locale.ROOT) + "s/" + name;
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl() + path)
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build();
        HttpResponse<String> answer =
                client.getHttpClient().sendAsync(request, String.class).join();
        try {
            JsonNode table = MAPPER.readTree(answer.body());
            Map<String, String> row = new LinkedHashMap<>();
            for (JsonNode column : table.path("columnDefinitions")) {
                JsonNode cell = table.path("rows").path(0).path("cells").path(row.size());
                row.put(column.path("name").asText(), cell.asText());
            }
            return row;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events of a resource as {@code kubectl describe} lists them: type, reason, message. */
    List<String> events(String kind, String name) {
        return client.v1().events().inNamespace(site.users).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getKind().equals(kind))
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .sorted(Comparator.comparing(event -> event.getMetadata().getName()))
                .map(Shown::line)
                .toList();
    }

    private static String line(Event event) {
        return event.getType() + " " + event.getReason() + " " + event.getMessage();
    }

    /** The logs of a resource's Pods as far as they are still to be had, a heading over each. */
    String logs(String kind, String name) {
        return client
                .pods()
                .inNamespace(site.users)
                .withLabels(Map.of("dbmigration.dev/kind", kind, "dbmigration.dev/name", name))
                .list()
                .getItems()
                .stream()
                .map(pod -> "\nlog of " + pod.getMetadata().getName() + ":\n" + log(pod))
                .collect(Collectors.joining());
    }

    private String log(Pod pod) {
        try {
            return client.pods()
                    .inNamespace(site.users)
                    .withName(pod.getMetadata().getName())
                    .getLog();
        } catch (KubernetesClientException e) {
            return e.getMessage();
        }
    }

    /** What Prometheus would scrape from the operator, line by line. */
    List<String> metrics() {
        String pod = client.pods()
                .inNamespace(site.release)
                .withLabel("app.kubernetes.io/instance", site.release)
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getName();
        return client.raw("/api/v1/namespaces/" + site.release + "/pods/" + pod + ":8080/proxy/metrics")
                .lines()
                .toList();
    }

    @Override
    public void close() {
        watches.forEach(SharedIndexInformer::close);
    }
}
