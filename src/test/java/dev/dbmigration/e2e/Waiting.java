package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for a condition of a resource as {@code kubectl wait} does: by a watch, and without knowing the kind. */
record Waiting(KubernetesClient client, GenericKubernetesResource resource) {

    /** As {@code kubectl wait --for=condition=TYPE}; the whole resource is told where that does not come. */
    void forCondition(String type) {
        until(type + "=True", found -> "True".equals(condition(found, type).get("status")));
    }

    /** Waits until a condition has this reason, and returns the condition. */
    Map<String, Object> forReason(String type, String reason) {
        return condition(
                until(
                        type + "/" + reason,
                        found -> reason.equals(condition(found, type).get("reason"))),
                type);
    }

    private GenericKubernetesResource until(String what, Predicate<GenericKubernetesResource> wanted) {
        try {
            return client.resource(resource)
                    .waitUntilCondition(
                            found -> found != null && wanted.test(found), PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new AssertionError(
                    what + " did not come:\n"
                            + Serialization.asYaml(client.resource(resource).get()),
                    e);
        }
    }

    private static Map<String, Object> condition(GenericKubernetesResource resource, String type) {
        List<Map<String, Object>> conditions = resource.get("status", "conditions");
        return conditions == null
                ? Map.of()
                : conditions.stream()
                        .filter(condition -> type.equals(condition.get("type")))
                        .findFirst()
                        .orElse(Map.of());
    }
}
