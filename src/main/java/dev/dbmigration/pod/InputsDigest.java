package dev.dbmigration.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.api.v1alpha1.Container;
import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import dev.dbmigration.check.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes a run a different run. Unset and default values are left out, so that a field or a default added later
 * changes no digest; golden files pin it across releases.
 */
public final class InputsDigest {

    private InputsDigest() {}

    /**
     * The digest of what a migration applies.
     *
     * @param name the resource's name, which is the ledger's scope where none is given
     * @param contents digest of each source in order; "" for one whose content the operator does not see
     */
    public static String of(String name, DatabaseMigrationSpec spec, List<String> contents) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("database", database(spec.database()));
        if (spec.sql() != null) {
            ObjectNode sql = (ObjectNode) CanonicalJson.tree(spec.sql());
            withoutDefault(sql, "transaction", "PerFile");
            withoutDefault(sql, "outOfOrder", "Refuse");
            withoutDefault(sql, "onMissing", "Warn");
            withoutDefault(sql, "mode", "Apply");
            withoutDefault(sql.path("ledger"), "schema", "dbmigration");
            withoutDefault(sql.path("ledger"), "scope", name);
            inputs.put("sql", sql);
            inputs.put("contents", contents);
        }
        inputs.put("container", container(spec.container()));
        inputs.put("serviceAccountName", spec.pod().serviceAccountName());
        return digest(inputs);
    }

    /**
     * The digest of what a verification checks.
     *
     * @param database the effective one
     * @param judged the migration's run it judges; null: none
     */
    public static String of(Database database, MigrationVerificationSpec spec, JudgedRun judged) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("database", database(database));
        inputs.put(
                "checks",
                spec.checks() == null
                        ? null
                        : spec.checks().stream().map(InputsDigest::check).toList());
        inputs.put("container", container(spec.container()));
        inputs.put("serviceAccountName", spec.pod().serviceAccountName());
        inputs.put("migration", judged);
        return digest(inputs);
    }

    private static JsonNode check(Check check) {
        JsonNode tree = CanonicalJson.tree(check);
        withoutDefault(tree, "severity", "Error");
        return tree;
    }

    private static JsonNode database(Database database) {
        JsonNode tree = CanonicalJson.tree(database);
        for (String key : List.of("username", "password", "host", "port", "dbname", "uri")) {
            withoutDefault(tree.path("secretKeys"), key, key);
        }
        withoutDefault(tree.path("tls"), "mode", "Prefer");
        return tree;
    }

    private static JsonNode container(Container container) {
        JsonNode tree = CanonicalJson.tree(container);
        withoutDefault(tree, "restartable", "false");
        withoutDefault(tree, "logTail", "true");
        return tree;
    }

    private static void withoutDefault(JsonNode node, String field, String value) {
        if (node instanceof ObjectNode object && value.equals(object.path(field).asText(null))) {
            object.remove(field);
        }
    }

    private static String digest(Map<String, Object> inputs) {
        return "sha256:" + CanonicalJson.sha256(CanonicalJson.text(inputs));
    }
}
