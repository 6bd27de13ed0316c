package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** What a kubelet writes about one Pod. Every write names the Pod's uid, so a namesake is never written to. */
final class PodObject {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final Pod pod;

    PodObject(KubernetesClient client, Pod pod) {
        this.client = client;
        this.pod = pod;
    }

    /** The Pod as it was first seen. */
    Pod pod() {
        return pod;
    }

    KubernetesClient client() {
        return client;
    }

    void bind(String node) {
        gone(() -> resource().patch(MERGE, json(Map.of("metadata", identity(), "spec", Map.of("nodeName", node)))));
    }

    void write(PodStatus status) {
        gone(() ->
                resource().subresource("status").patch(MERGE, json(Map.of("metadata", identity(), "status", status))));
    }

    void remove() {
        String uri = "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                + pod.getMetadata().getName();
        gone(() -> client.raw(uri, "DELETE", json(Map.of("gracePeriodSeconds", 0, "preconditions", identity()))));
    }

    void tell(String reason, String message) {
        gone(() -> client.v1()
                .events()
                .inNamespace(pod.getMetadata().getNamespace())
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName(pod.getMetadata().getName() + ".")
                        .withNamespace(pod.getMetadata().getNamespace())
                        .endMetadata()
                        .withType("Warning")
                        .withReason(reason)
                        .withMessage(message)
                        .withNewSource("kubelet", StandInKubelet.NODE)
                        .withCount(1)
                        .withFirstTimestamp(PodStatuses.now())
                        .withLastTimestamp(PodStatuses.now())
                        .withNewInvolvedObject()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withName(pod.getMetadata().getName())
                        .withNamespace(pod.getMetadata().getNamespace())
                        .withUid(pod.getMetadata().getUid())
                        .endInvolvedObject()
                        .build())
                .create());
    }

    private PodResource resource() {
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
    }

    private Map<String, String> identity() {
        return Map.of("uid", pod.getMetadata().getUid());
    }

    private static String json(Object patch) {
        return Serialization.asJson(patch);
    }

    private static void gone(Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                throw new PodStop(PodStop.Cause.GONE);
            }
            throw e;
        }
    }
}
