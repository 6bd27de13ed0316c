package dev.dbmigration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for each field of the definitions. */
class CrdSchemaTest {

    /** What stands below these is Kubernetes' own, documented there. */
    private static final Pattern KUBERNETES = Pattern.compile("[A-Za-z]+\\.(apiVersion|kind|metadata"
            + "|spec\\.container\\.(env|envFrom|resources|securityContext|volumeMounts"
            + "|volumes\\[]\\.(configMap|secret|emptyDir|projected|csi|persistentVolumeClaim))"
            + "|spec\\.pod\\.(resources|securityContext|tolerations|affinity))[.\\[{].*");

    private static final int LARGEST_BYTES = 128 * 1024;

    private static Map<String, ObjectNode> fields;

    @BeforeAll
    static void walk() {
        fields = new TreeMap<>();
        Crds.definitions()
                .values()
                .forEach(definition -> SchemaWalk.walk(
                        definition.at("/spec/names/kind").asText(), SchemaWalk.schema(definition), fields::put));
    }

    @Test
    void eachFieldOfOursIsDescribed() {
        assertThat(fields).hasSizeGreaterThan(500);
        assertThat(ours((path, schema) -> !path.endsWith("]") && !path.endsWith("}") && !schema.has("description")))
                .isEmpty();
    }

    @Test
    void eachStringAndListAUserWritesIsBounded() {
        assertThat(ours((path, schema) -> path.contains(".spec.") && !bounded(schema)))
                .isEmpty();
    }

    @Test
    void eachListOfOursSaysHowItMerges() {
        assertThat(ours((path, schema) -> type(schema).equals("array") && !schema.has("x-kubernetes-list-type")))
                .isEmpty();
    }

    @Test
    void theKeysOfAListThatIsAMapAreRequired() {
        assertThat(all((path, schema) ->
                        !required(schema.path("items")).containsAll(texts(schema.path("x-kubernetes-list-map-keys")))))
                .isEmpty();
    }

    /** What an entry of an overlay says of a field of the spec must not meet one of the status by its name. */
    @Test
    void noUnionIsAskedOfWhatTheOperatorWrites() {
        List<String> unions = List.of("minProperties", "maxProperties", "oneOf", "anyOf");
        assertThat(all((path, schema) -> path.contains(".status.")
                        && unions.stream().anyMatch(schema::has)
                        && type(schema).equals("object")))
                .isEmpty();
    }

    @Test
    void noRuleIsSaidTwice() {
        assertThat(all((path, schema) -> {
                    List<String> rules = new ArrayList<>();
                    schema.path("x-kubernetes-validations")
                            .forEach(rule -> rules.add(rule.path("rule").asText()));
                    return rules.size() != rules.stream().distinct().count();
                }))
                .isEmpty();
    }

    @Test
    void columnsComeInTheOrderOfTheContract() {
        assertThat(columns("databasemigrations", 0)).containsExactly("Phase", "Progress", "Verified", "Reason", "Age");
        assertThat(columns("databasemigrations", 1)).containsExactly("Database", "Duration", "Pod", "Message");
        assertThat(columns("migrationverifications", 0)).containsExactly("Phase", "Checks", "Reason", "Last", "Age");
    }

    @Test
    void statusIsASubresource() {
        assertThat(Crds.definitions().values())
                .allSatisfy(definition -> assertThat(definition.at("/spec/versions/0/subresources/status"))
                        .isInstanceOf(ObjectNode.class));
    }

    /** A client-side apply keeps the object, as JSON, in an annotation of at most 256 KiB. */
    @Test
    void theyAreSmallEnoughForAnApply() {
        assertThat(Crds.definitions().values())
                .allSatisfy(definition -> assertThat(definition.toString().getBytes(StandardCharsets.UTF_8))
                        .hasSizeBetween(LARGEST_BYTES / 8, LARGEST_BYTES));
    }

    private static boolean bounded(ObjectNode schema) {
        return switch (type(schema)) {
            case "string" -> schema.has("maxLength") || schema.has("enum");
            case "array" -> schema.has("maxItems");
            case "object" -> !schema.has("additionalProperties") || schema.has("maxProperties");
            default -> true;
        };
    }

    private static List<String> ours(BiPredicate<String, ObjectNode> wanted) {
        return all((path, schema) -> !KUBERNETES.matcher(path).matches() && wanted.test(path, schema));
    }

    private static List<String> all(BiPredicate<String, ObjectNode> wanted) {
        return fields.entrySet().stream()
                .filter(field -> wanted.test(field.getKey(), field.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> columns(String plural, int priority) {
        List<String> names = new ArrayList<>();
        for (JsonNode column :
                Crds.definitions().get(plural + ".dbmigration.dev").at("/spec/versions/0/additionalPrinterColumns")) {
            if (column.path("priority").asInt() == priority) {
                names.add(column.path("name").asText());
            }
        }
        return names;
    }

    private static String type(JsonNode schema) {
        return schema.path("type").asText();
    }

    private static List<String> required(JsonNode schema) {
        return texts(schema.path("required"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
