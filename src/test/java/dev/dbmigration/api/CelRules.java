package dev.dbmigration.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Evaluates the CEL rules of a schema at their places in a document. */
final class CelRules {

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** See https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/, escaping. */
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return");

    private final ObjectNode schema;

    CelRules(ObjectNode schema) {
        this.schema = schema;
    }

    /** All rules, each as {@code place: message}. */
    Set<String> all() {
        Set<String> all = new TreeSet<>();
        SchemaWalk.walk(
                "",
                schema,
                (path, node) -> rules(node)
                        .forEach(rule -> all.add(
                                path.substring(1) + ": " + rule.path("message").asText())));
        return all;
    }

    /** The rules that a document breaks; one that cannot be evaluated is broken. */
    Set<String> brokenBy(JsonNode document) {
        Set<String> broken = new TreeSet<>();
        descend("", schema, document, broken);
        return broken;
    }

    private void descend(String path, JsonNode node, JsonNode value, Set<String> broken) {
        if (node.isMissingNode() || value.isMissingNode()) {
            return;
        }
        for (JsonNode rule : rules(node)) {
            if (!holds(rule.path("rule").asText(), value)) {
                broken.add(path.substring(1) + ": " + rule.path("message").asText());
            }
        }
        value.properties()
                .forEach(member -> descend(
                        path + "." + member.getKey(),
                        node.path("properties").path(member.getKey()),
                        member.getValue(),
                        broken));
        if (value.isArray()) {
            value.forEach(item -> descend(path + "[]", node.path("items"), item, broken));
        }
    }

    private static boolean holds(String rule, JsonNode value) {
        try {
            Object self = MAPPER.convertValue(escaped(value), Object.class);
            Object result =
                    RUNTIME.createProgram(COMPILER.compile(rule).getAst()).eval(Map.of("self", self));
            return Boolean.TRUE.equals(result);
        } catch (CelEvaluationException e) {
            return false;
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(rule, e);
        }
    }

    /** As the rules of Kubernetes name a field whose own name is a reserved word of CEL. */
    private static JsonNode escaped(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        ObjectNode object = MAPPER.createObjectNode();
        value.properties()
                .forEach(member -> object.set(
                        RESERVED.contains(member.getKey()) ? "__" + member.getKey() + "__" : member.getKey(),
                        member.getValue()));
        return object;
    }

    private static List<JsonNode> rules(JsonNode node) {
        List<JsonNode> rules = new ArrayList<>();
        node.path("x-kubernetes-validations").forEach(rules::add);
        return rules;
    }
}
