package dev.dbmigration.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The metrics of a release's Pods, read through the API server's proxy, which needs no way from here to a Pod. */
record Scrape(KubernetesClient client, String release) {

    /** Names of the operator's Pods. */
    List<String> pods() {
        return client
                .pods()
                .inNamespace(release)
                .withLabel("app.kubernetes.io/instance", release)
                .withoutLabel("app.kubernetes.io/component", "test")
                .list()
                .getItems()
                .stream()
                .map(Pod::getMetadata)
                .map(metadata -> metadata.getName())
                .toList();
    }

    /** What {@code /metrics} of a Pod answers. */
    String of(String pod) {
        return client.raw("/api/v1/namespaces/" + release + "/pods/" + pod + ":8080/proxy/metrics");
    }
}
