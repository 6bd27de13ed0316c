package dev.dbmigration.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A spec of {@code rules/<Kind>.yaml}, and what refuses it.
 *
 * @param breaks CEL rules as {@code place: message}
 * @param structure place where the schema without CEL refuses it; null: nowhere
 * @param says how the operator's sentence begins; null: it has nothing to say
 */
public record SpecCase(
        @JsonProperty("case") String name, List<String> breaks, String structure, String says, ObjectNode spec) {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.USE_LONG_FOR_INTS);

    public SpecCase {
        breaks = breaks == null ? List.of() : breaks;
    }

    public static List<SpecCase> of(String kind) {
        try (InputStream yaml = SpecCase.class.getResourceAsStream("/rules/" + kind + ".yaml")) {
            return List.of(YAML.readValue(yaml, SpecCase[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spec as the operator reads it. */
    public <T> T spec(Class<T> type) {
        return YAML.convertValue(spec, type);
    }

    JsonNode resource() {
        return YAML.createObjectNode().set("spec", spec);
    }

    @Override
    public String toString() {
        return name;
    }
}
