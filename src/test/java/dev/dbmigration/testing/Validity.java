package dev.dbmigration.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
                && sizeOf(object) > CONFIG_MAP_BYTES) {
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

    /** Values alone count, as bytes; of a Secret and of binaryData they are written in Base64. */
    private static long sizeOf(JsonNode object) {
        boolean secret = object.path("kind").asText().equals("Secret");
        long size = 0;
        for (JsonNode value : object.path("data")) {
            String text = value.asText();
            size += secret ? decoded(text) : text.getBytes(StandardCharsets.UTF_8).length;
        }
        for (JsonNode value : object.path("binaryData")) {
            size += decoded(value.asText());
        }
        return size;
    }

    private static int decoded(String base64) {
        return Base64.getDecoder().decode(base64).length;
    }

    private static Refused invalid(ApiPath path, String name, String why) {
        return new Refused(Answer.failure(422, "Invalid", path.resource() + " \"" + name + "\" is invalid: " + why));
    }
}
