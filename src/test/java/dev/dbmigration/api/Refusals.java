package dev.dbmigration.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Whether a server takes a resource of one of our kinds. */
public final class Refusals {

    private Refusals() {}

    /** The places of its spec that the committed definition refuses, by structure or by a rule in CEL. */
    public static Set<String> of(JsonNode resource) throws IOException {
        ObjectNode schema = CrdRulesTest.schema(resource.path("kind").asText());
        ObjectNode judged = Crds.YAML.createObjectNode();
        judged.set("spec", resource.path("spec"));
        Set<String> all = new TreeSet<>(Structure.refusals(schema, judged));
        all.addAll(new CelRules(schema).brokenBy(judged));
        return all;
    }
}
