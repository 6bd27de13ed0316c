package dev.dbmigration.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a resource shows at one moment of its life.
 *
 * @param verdict status of the condition that tells what came of it: {@code Applied}, of a verification {@code
 *     Verified}; several with bars between them where any of these may be seen
 * @param reason the reason of that condition
 * @param ready the reason of {@code Ready}, which is what the column REASON shows
 * @param says words of the message of {@code Ready}
 * @param failure fields of the first of {@code status.failures}; empty: not looked at
 */
record Sight(String phase, String verdict, String reason, String ready, List<String> says, JsonNode failure) {

    private static final Set<String> FOR_A_PERSON = Set.of("Failed", "Unknown", "VerificationFailed");
    private static final Set<String> UNDER_WAY = Set.of("Pending", "Retrying");

    static Sight of(JsonNode told, String phase, String verdict) {
        String reason = told.path("reason").asText("Applied");
        List<String> says = new ArrayList<>();
        told.path("says").forEach(words -> says.add(words.asText()));
        return new Sight(
                told.path("phase").asText(phase),
                told.path("verdict").asText(verdict),
                reason,
                told.path("ready").asText(reason),
                says,
                told.path("failure").isMissingNode() ? new ObjectMapper().createObjectNode() : told.path("failure"));
    }

    /** What the run came to. */
    String outcome() {
        return switch (verdict) {
            case "True" -> "Succeeded";
            case "False" -> "Failed";
            default -> "Unknown";
        };
    }

    /** Whether a resource shows it. */
    boolean isIn(JsonNode resource) {
        JsonNode status = resource.path("status");
        String judging = resource.path("kind").asText().equals("DatabaseMigration") ? "Applied" : "Verified";
        JsonNode ready = condition(status, "Ready");
        return status.path("phase").asText().equals(phase)
                && condition(status, judging).path("status").asText().matches(verdict)
                && condition(status, judging).path("reason").asText().equals(reason)
                && ready.path("reason").asText().equals(this.ready)
                && says.stream().allMatch(ready.path("message").asText()::contains)
                && stalled(status) == FOR_A_PERSON.contains(phase)
                && holds(status, "Reconciling") == UNDER_WAY.contains(phase)
                && holds(status, "Finished") != UNDER_WAY.contains(phase)
                && failureIsIn(status.path("failures").path(0));
    }

    /** A condition with which nobody can do anything, since it does not say why, counts as none. */
    private boolean stalled(JsonNode status) {
        return holds(status, "Stalled")
                && condition(status, "Stalled").path("reason").asText().equals(ready);
    }

    private boolean failureIsIn(JsonNode seen) {
        return failure.properties().stream()
                .allMatch(field -> seen.path(field.getKey())
                        .asText()
                        .equals(field.getValue().asText()));
    }

    /** A state in one line. */
    static String brief(JsonNode resource) {
        JsonNode ready = condition(resource.path("status"), "Ready");
        return resource.path("status").path("phase").asText("-") + " "
                + ready.path("reason").asText("-") + ": "
                + ready.path("message").asText("-");
    }

    private static boolean holds(JsonNode status, String type) {
        return condition(status, type).path("status").asText().equals("True");
    }

    private static JsonNode condition(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return status.path("none");
    }
}
