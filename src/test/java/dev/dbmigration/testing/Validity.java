package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** The API server's rules on names, labels and sizes that an operator can break with long names and large inputs. */
final class Validity {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final int CONFIG_MAP_BYTES = 1024 * 1024;

    private Validity() {}

    static void check(ApiPath path, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText();
        if (!path.root().contains("rbac")
                && (name.length() > 253 || !NAME.matcher(name).matches())) {
            throw invalid(path, name, "metadata.name: Invalid value: \"" + name + "\"");
        }
        metadata.path("labels").properties().forEach(label -> {
            String key = label.getKey().substring(label.getKey().indexOf('/') + 1);
            String value = label.getValue().asText();
            if (!LABEL_NAME.matcher(key).matches()
                    || !LABEL_VALUE.matcher(value).matches()) {
                throw invalid(path, name, "metadata.labels: Invalid value: \"" + label.getKey() + "=" + value + "\"");
            }
        });
        if ((path.resource().equals("configmaps") || path.resource().equals("secrets"))
                && sizeOf(object.path("data")) + sizeOf(object.path("binaryData")) > CONFIG_MAP_BYTES) {
            throw invalid(path, name, "[]: Too long: may not be more than " + CONFIG_MAP_BYTES + " bytes");
        }
    }

    static void checkImmutable(ApiPath path, JsonNode current, JsonNode updated) {
        if (current.path("immutable").asBoolean()
                && !(current.path("data").equals(updated.path("data"))
                        && current.path("binaryData").equals(updated.path("binaryData"))
                        && updated.path("immutable").asBoolean())) {
            String name = current.at("/metadata/name").asText();
            throw invalid(path, name, "data: Forbidden: field is immutable when `immutable` is set");
        }
    }

    private static long sizeOf(JsonNode data) {
        long size = 0;
        for (var entry : data.properties()) {
            size += entry.getKey().length()
                    + entry.getValue().asText().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        }
        return size;
    }

    private static Refused invalid(ApiPath path, String name, String why) {
        return new Refused(Answer.failure(422, "Invalid", path.resource() + " \"" + name + "\" is invalid: " + why));
    }
}
