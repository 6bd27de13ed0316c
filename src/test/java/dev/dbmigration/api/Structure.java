package dev.dbmigration.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a server without CEL checks: the words of JSON Schema that our definitions use, and unique keys of list maps. */
final class Structure {

    private final Set<String> refused = new TreeSet<>();

    /** The places where a schema refuses a document; a missing field counts where it is missing. */
    static Set<String> refusals(JsonNode schema, JsonNode document) {
        Structure structure = new Structure();
        structure.check("", schema, document);
        return structure.refused;
    }

    private void check(String path, JsonNode schema, JsonNode value) {
        boolean holds = hasType(schema, value)
                && hasText(schema, value)
                && hasSize(schema, value)
                && hasAlternatives(schema, value)
                && hasUniqueKeys(schema, value)
                && within(schema, value.asLong(), value.isNumber(), "minimum", "maximum");
        if (!holds) {
            refused.add(path.substring(1));
        }
        missing(schema, value).forEach(field -> refused.add((path + "." + field).substring(1)));
        value.properties().forEach(member -> descend(path, schema, member.getKey(), member.getValue()));
        if (value.isArray()) {
            value.forEach(item -> check(path + "[]", schema.path("items"), item));
        }
    }

    private void descend(String path, JsonNode schema, String name, JsonNode value) {
        JsonNode property = schema.path("properties").path(name);
        JsonNode member = property.isMissingNode() ? schema.path("additionalProperties") : property;
        if (member.isMissingNode() && !schema.path("properties").isMissingNode()) {
            refused.add((path + "." + name).substring(1));
        }
        check(path + "." + name, member, value);
    }

    private static boolean hasType(JsonNode schema, JsonNode value) {
        return switch (schema.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            default -> true;
        };
    }

    private static boolean hasText(JsonNode schema, JsonNode value) {
        String text = value.asText();
        JsonNode pattern = schema.path("pattern");
        JsonNode allowed = schema.path("enum");
        return within(schema, text.codePointCount(0, text.length()), value.isTextual(), "minLength", "maxLength")
                && (pattern.isMissingNode()
                        || Pattern.compile(pattern.asText()).matcher(text).find())
                && (allowed.isMissingNode() || values(allowed).anyMatch(value::equals));
    }

    private static boolean hasSize(JsonNode schema, JsonNode value) {
        return within(schema, value.size(), value.isArray(), "minItems", "maxItems")
                && within(schema, value.size(), value.isObject(), "minProperties", "maxProperties");
    }

    private static boolean hasAlternatives(JsonNode schema, JsonNode value) {
        boolean one = schema.path("oneOf").isMissingNode() || matching(schema.path("oneOf"), value) == 1;
        boolean any = schema.path("anyOf").isMissingNode()
                || schema.path("x-kubernetes-int-or-string").asBoolean()
                || matching(schema.path("anyOf"), value) > 0;
        return one && any;
    }

    private static long matching(JsonNode alternatives, JsonNode value) {
        return values(alternatives)
                .filter(alternative -> missing(alternative, value).findAny().isEmpty())
                .count();
    }

    private static boolean hasUniqueKeys(JsonNode schema, JsonNode value) {
        JsonNode keys = schema.path("x-kubernetes-list-map-keys");
        Set<JsonNode> seen = new HashSet<>();
        return keys.isMissingNode()
                || values(value).map(item -> item.path(keys.path(0).asText())).allMatch(seen::add);
    }

    private static Stream<String> missing(JsonNode schema, JsonNode value) {
        return values(schema.path("required")).map(JsonNode::asText).filter(field -> !value.has(field));
    }

    private static boolean within(JsonNode schema, long actual, boolean applies, String least, String most) {
        return !applies
                || actual >= schema.path(least).asLong(Long.MIN_VALUE)
                        && actual <= schema.path(most).asLong(Long.MAX_VALUE);
    }

    private static Stream<JsonNode> values(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
