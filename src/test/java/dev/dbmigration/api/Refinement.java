package dev.dbmigration.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Mends what the generator leaves out or doubles, and lays {@code crds/overlay.yaml} over it. */
final class Refinement {

    /** A quantity, as the Kubernetes API reads one; another text would keep a client from reading the object. */
    private static final String QUANTITY = "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))"
            + "(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

    private final Map<String, JsonNode> overlay = new LinkedHashMap<>();
    private final Set<String> met = new HashSet<>();

    Refinement() {
        try (InputStream yaml = Refinement.class.getResourceAsStream("/crds/overlay.yaml")) {
            Crds.YAML.readTree(yaml).properties().forEach(entry -> overlay.put(entry.getKey(), entry.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void apply(ObjectNode definition, Class<?> kind) {
        SchemaWalk.walk(kind.getSimpleName(), SchemaWalk.schema(definition), this::refine);
        ((ObjectNode) definition.at("/spec/versions/0")).set("additionalPrinterColumns", columns(kind));
        sort(definition);
    }

    /** Entries of the overlay that met no field of any kind. */
    Set<String> unmet() {
        Set<String> unmet = new TreeSet<>(overlay.keySet());
        unmet.removeAll(met);
        return unmet;
    }

    private void refine(String path, ObjectNode schema) {
        deduplicateRules(schema);
        overlay.forEach((suffix, change) -> {
            if (path.equals(suffix) || path.endsWith("." + suffix)) {
                merge(schema, change);
                met.add(suffix);
            }
        });
        if (schema.path("type").asText().equals("integer")) {
            integer(schema, path.contains(".spec."));
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            schema.put("pattern", QUANTITY);
        }
    }

    /** An annotation on a record's component is found on its field and again on its accessor. */
    private static void deduplicateRules(ObjectNode schema) {
        if (schema.get("x-kubernetes-validations") instanceof ArrayNode rules) {
            Set<JsonNode> distinct = new LinkedHashSet<>();
            rules.forEach(distinct::add);
            schema.putArray("x-kubernetes-validations").addAll(distinct);
        }
    }

    /** Bounds as whole numbers, also of an int32: its format binds no server, and what an int cannot hold ends a watch. */
    private static void integer(ObjectNode schema, boolean written) {
        for (String bound : new String[] {"minimum", "maximum"}) {
            if (schema.has(bound)) {
                schema.put(bound, schema.get(bound).asLong());
            }
        }
        if (!schema.has("format")) {
            schema.put("format", "int32");
            if (written && !schema.has("maximum")) {
                schema.put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
            }
        }
    }

    private static void merge(ObjectNode schema, JsonNode change) {
        change.properties().forEach(entry -> {
            if (entry.getValue().isObject() && schema.get(entry.getKey()) instanceof ObjectNode object) {
                merge(object, entry.getValue());
            } else {
                schema.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    /** In the order of the annotations; the generator sorts them by path. */
    private static ArrayNode columns(Class<?> kind) {
        ArrayNode columns = Crds.YAML.createArrayNode();
        for (AdditionalPrinterColumn column : kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
            ObjectNode shown = columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().getValue())
                    .put("jsonPath", column.jsonPath());
            if (column.priority() != 0) {
                shown.put("priority", column.priority());
            }
        }
        return columns;
    }

    private static void sort(JsonNode node) {
        node.forEach(Refinement::sort);
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> members = new TreeMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            object.removeAll();
            object.setAll(members);
        }
    }
}
