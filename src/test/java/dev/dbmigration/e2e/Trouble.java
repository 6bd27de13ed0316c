package dev.dbmigration.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One way in which a run goes wrong, as {@code e2e/reasons.yaml} tells it.
 *
 * @param alone what a session that stays open does in a database of its own; null: it has none of its own
 * @param evicted whether its Pod is evicted once the container runs
 * @param counted whether there is a run at all that could be counted
 * @param outcome of the run; null: what the verdict says
 * @param event how the event begins that tells its end; null: as usual
 * @param waits what is shown before the end; null: nothing of interest
 */
record Trouble(
        String kind,
        String name,
        String alone,
        boolean evicted,
        boolean counted,
        String outcome,
        String event,
        ObjectNode spec,
        Sight waits,
        Sight ends) {

    private static final Path FILE = Path.of("src/test/resources/e2e/reasons.yaml");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** All of them, with values for the variables in their text. */
    static List<Trouble> all(Map<String, String> variables) throws IOException {
        String text = Files.readString(FILE);
        for (var variable : variables.entrySet()) {
            text = text.replace("$" + variable.getKey(), variable.getValue());
        }
        return Arrays.stream(text.split("\n---\n"))
                .skip(1)
                .map(document -> Serialization.unmarshal(document, JsonNode.class))
                .map(Trouble::of)
                .toList();
    }

    private static Trouble of(JsonNode told) {
        String kind = told.path("kind").asText("DatabaseMigration");
        boolean verification = kind.equals("MigrationVerification");
        return new Trouble(
                kind,
                told.path("name").asText(),
                told.path("alone").asText(null),
                told.path("evicted").asBoolean(),
                told.path("counted").asBoolean(true),
                told.path("outcome").asText(null),
                told.path("event").asText(null),
                told.has("spec") ? told.path("spec").deepCopy() : MAPPER.createObjectNode(),
                told.has("waits") ? Sight.of(told.path("waits"), "Pending", "Unknown") : null,
                Sight.of(told.path("ends"), verification ? "Unknown" : "Failed", verification ? "Unknown" : "False"));
    }

    /** What its user applies: over a file that works, in a database that works. */
    GenericKubernetesResource resource(Database database, String secret) throws IOException {
        ObjectNode whole = MAPPER.createObjectNode();
        whole.put("apiVersion", "dbmigration.dev/v1alpha1").put("kind", kind);
        whole.putObject("metadata").put("name", name);
        ObjectNode defaults = whole.putObject("spec");
        defaults.putObject("pod").put("terminationGracePeriodSeconds", 5);
        ObjectNode access = defaults.putObject("database")
                .put("host", database.host())
                .put("port", database.port())
                .put("name", database.name())
                .put("schema", "public");
        access.putObject("secretRef").put("name", secret);
        if (kind.equals("DatabaseMigration") && !spec.has("sql") && !spec.has("container")) {
            ObjectNode inline =
                    defaults.putObject("sql").putArray("sources").addObject().putObject("inline");
            inline.put("name", "fine.sql").put("content", "select 1 -- " + name);
        }
        MAPPER.readerForUpdating(defaults).readValue(spec);
        return MAPPER.treeToValue(whole, GenericKubernetesResource.class);
    }

    /** How the event begins that tells its end. */
    String lastEvent() {
        if (event != null) {
            return event;
        }
        return ends.outcome().equals("Succeeded") ? "Normal Applied " : "Warning RunFailed " + ends.ready() + ": ";
    }

    /** Its counter, as Prometheus scrapes it. */
    String series(String namespace) {
        String result = outcome == null ? ends.outcome() : outcome;
        String reason = result.equals("Succeeded") ? "" : ends.ready();
        return "dbmigration_runs_total{kind=\"%s\",name=\"%s\",namespace=\"%s\",outcome=\"%s\",reason=\"%s\"} 1.0"
                .formatted(kind, name, namespace, result, reason);
    }

    @Override
    public String toString() {
        return name;
    }
}
