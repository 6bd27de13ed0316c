package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesAttributesExtractor;
import io.fabric8.mockwebserver.crud.AttributeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One object of the store, with the key the mock keeps it under. {@code json} is a copy: changing it changes nothing. */
record Stored(ApiPath path, AttributeSet key, ObjectNode json) {

    static Stored of(Map.Entry<AttributeSet, String> entry) {
        ObjectNode json = Updates.parse(entry.getValue());
        String apiVersion = json.path("apiVersion").asText();
        String plural = entry.getKey()
                .getAttribute(KubernetesAttributesExtractor.PLURAL)
                .getValues()
                .iterator()
                .next()
                .toString();
        ApiPath path = new ApiPath(
                (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion,
                json.at("/metadata/namespace").asText(""),
                plural,
                json.at("/metadata/name").asText(),
                "",
                Map.of());
        return new Stored(path, entry.getKey(), json);
    }

    ObjectNode metadata() {
        return (ObjectNode) json.path("metadata");
    }

    String text(String metadataField) {
        return metadata().path(metadataField).asText("");
    }

    String uid() {
        return text("uid");
    }

    boolean isTerminating() {
        return metadata().hasNonNull("deletionTimestamp");
    }

    boolean hasFinalizers() {
        return !metadata().path("finalizers").isEmpty();
    }

    List<String> ownerUids() {
        List<String> uids = new ArrayList<>();
        metadata()
                .path("ownerReferences")
                .forEach(owner -> uids.add(owner.path("uid").asText()));
        return uids;
    }
}
