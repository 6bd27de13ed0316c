package dev.dbmigration.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cells of one resource's row. Of JSONPath it knows what our columns use: fields, and a list's entry by its type. */
record Cells(JsonNode resource) {

    private static final Pattern STEP = Pattern.compile("\\.(\\w+)(?:\\[\\?\\(@\\.type==\"(\\w+)\"\\)])?");

    static Cells of(HasMetadata resource) {
        return new Cells(new ObjectMapper().valueToTree(resource));
    }

    String cell(AdditionalPrinterColumn column) {
        JsonNode node = resource;
        Matcher step = STEP.matcher(column.jsonPath());
        while (step.find()) {
            node = node.path(step.group(1));
            node = step.group(2) == null ? node : entry(node, step.group(2));
        }
        String text = node.asText("");
        return column.type() == Type.DATE && !text.isEmpty() ? age(text) : text;
    }

    private static JsonNode entry(JsonNode list, String type) {
        for (JsonNode entry : list) {
            if (entry.path("type").asText().equals(type)) {
                return entry;
            }
        }
        return list.path(list.size());
    }

    private static String age(String time) {
        Duration age = Duration.between(Instant.parse(time), Instant.now());
        return age.toMinutes() < 2 ? age.toSeconds() + "s" : age.toMinutes() + "m";
    }
}
