package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the schemas of the CRDs do to an object on its way into the store: defaults come in, unknown fields go. */
final class Schemas {

    private final Map<String, JsonNode> schemas = new ConcurrentHashMap<>();

    void learn(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        for (JsonNode version : spec.path("versions")) {
            String collection = "/apis/" + spec.path("group").asText() + "/"
                    + version.path("name").asText() + "/"
                    + spec.at("/names/plural").asText();
            schemas.put(collection, version.at("/schema/openAPIV3Schema"));
        }
    }

    void applyTo(ApiPath path, ObjectNode object) {
        JsonNode schema = schemas.get(path.root() + "/" + path.resource());
        if (schema == null) {
            return;
        }
        for (String field : List.of("spec", "status")) {
            JsonNode fieldSchema = schema.path("properties").path(field);
            if (object.has(field) && !fieldSchema.isMissingNode()) {
                apply(fieldSchema, object.get(field));
            }
        }
    }

    private static void apply(JsonNode schema, JsonNode value) {
        if (value.isArray()) {
            value.forEach(item -> apply(schema.path("items"), item));
        } else if (value instanceof ObjectNode object) {
            applyToObject(schema, object);
        }
    }

    private static void applyToObject(JsonNode schema, ObjectNode object) {
        JsonNode properties = schema.path("properties");
        JsonNode additional = schema.path("additionalProperties");
        boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || additional.asBoolean(additional.isObject());
        properties.properties().forEach(property -> {
            if (!object.hasNonNull(property.getKey()) && property.getValue().has("default")) {
                object.set(property.getKey(), property.getValue().get("default").deepCopy());
            }
        });
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (properties.has(name)) {
                apply(properties.get(name), object.get(name));
            } else if (additional.isObject()) {
                apply(additional, object.get(name));
            } else if (!open) {
                object.remove(name);
            }
        }
    }
}
