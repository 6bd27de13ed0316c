package dev.dbmigration.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What an object becomes by a PUT or PATCH, after the API server's own rules; pure. */
final class Updates {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> SERVER_OWNED = List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "generation",
            "resourceVersion",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private Updates() {}

    static ObjectNode parse(String body) {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new Refused(Answer.failure(400, "BadRequest", "the body is not a JSON object"));
        }
    }

    /** The current object with the patch applied, before any of the server's rules. */
    static ObjectNode patched(ObjectNode current, String contentType, String body) {
        if (contentType.startsWith("application/json-patch+json")) {
            try {
                return (ObjectNode) JsonPatch.apply(JSON.readTree(body), current.deepCopy());
            } catch (JsonProcessingException | RuntimeException e) {
                throw new Refused(Answer.failure(422, "Invalid", "the JSON patch does not apply: " + e.getMessage()));
            }
        }
        return merge(current.deepCopy(), parse(body));
    }

    /** RFC 7396: null removes, objects merge, everything else replaces. */
    static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode object) {
                JsonNode existing = target.get(field.getKey());
                ObjectNode base = existing instanceof ObjectNode node ? node : target.objectNode();
                target.set(field.getKey(), merge(base, object));
            } else {
                target.set(field.getKey(), value);
            }
        });
        return target;
    }

    /** {@code stringData} of a Secret is written into {@code data} and forgotten. */
    static ObjectNode withoutStringData(ApiPath path, ObjectNode object) {
        if (path.resource().equals("secrets") && object.remove("stringData") instanceof ObjectNode text) {
            ObjectNode data = object.withObjectProperty("data");
            text.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
        return object;
    }

    /** A body that names another uid or an older resourceVersion than the object's is refused. */
    static void checkPreconditions(Stored current, JsonNode metadata) {
        String version = metadata.path("resourceVersion").asText("");
        String uid = metadata.path("uid").asText("");
        String what = current.path().resource() + " \"" + current.text("name") + "\"";
        if (!uid.isEmpty() && !uid.equals(current.uid())) {
            throw new Refused(Answer.conflict("Operation cannot be fulfilled on " + what
                    + ": Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + current.uid()));
        }
        if (!version.isEmpty() && !version.equals("0") && !version.equals(current.text("resourceVersion"))) {
            throw new Refused(Answer.conflict("Operation cannot be fulfilled on " + what
                    + ": the object has been modified; please apply your changes to the latest version and try"
                    + " again"));
        }
    }

    /** The object to store: the status alone, or all but the status where that is a resource of its own. */
    static ObjectNode result(ObjectNode current, ObjectNode wanted, boolean status, boolean separateStatus) {
        ObjectNode result = status ? current.deepCopy() : wanted;
        if (status || separateStatus) {
            JsonNode from = (status ? wanted : current).get("status");
            if (from == null || from.isNull()) {
                result.remove("status");
            } else {
                result.set("status", from.deepCopy());
            }
        }
        keepServerFields(current, result);
        if (!status && !specOf(current).equals(specOf(result))) {
            ObjectNode metadata = (ObjectNode) result.get("metadata");
            metadata.put("generation", current.at("/metadata/generation").asLong() + 1);
        }
        return result;
    }

    private static void keepServerFields(ObjectNode current, ObjectNode result) {
        ObjectNode metadata = result.withObjectProperty("metadata");
        for (String field : SERVER_OWNED) {
            JsonNode value = current.path("metadata").get(field);
            if (value == null) {
                metadata.remove(field);
            } else {
                metadata.set(field, value);
            }
        }
    }

    /** Everything a change of which is a new generation. */
    private static JsonNode specOf(ObjectNode object) {
        return object.deepCopy().without(List.of("metadata", "status"));
    }
}
