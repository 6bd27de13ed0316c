package dev.dbmigration.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;

/** Visits each schema of an OpenAPI schema with its path: {@code Kind.spec.sources[].inline}, {@code labels{}}. */
final class SchemaWalk {

    private SchemaWalk() {}

    static void walk(String path, ObjectNode schema, BiConsumer<String, ObjectNode> visitor) {
        visitor.accept(path, schema);
        schema.path("properties")
                .properties()
                .forEach(property -> descend(path + "." + property.getKey(), property.getValue(), visitor));
        descend(path + "[]", schema.path("items"), visitor);
        descend(path + "{}", schema.path("additionalProperties"), visitor);
    }

    private static void descend(String path, JsonNode schema, BiConsumer<String, ObjectNode> visitor) {
        if (schema instanceof ObjectNode object) {
            walk(path, object, visitor);
        }
    }

    /** The schema of the one version that a definition has. */
    static ObjectNode schema(JsonNode definition) {
        return (ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema");
    }
}
