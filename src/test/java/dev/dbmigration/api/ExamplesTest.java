package dev.dbmigration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user can apply each example as it is. */
class ExamplesTest {

    private static final Path DIRECTORY = Path.of("deploy/examples");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static List<Named<JsonNode>> resources() throws IOException {
        List<Named<JsonNode>> resources = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                MappingIterator<JsonNode> documents =
                        YAML.readerFor(JsonNode.class).readValues(file.toFile());
                documents.forEachRemaining(document -> resources.add(Named.of(
                        file.getFileName() + " " + document.path("kind").asText(), document)));
            }
        }
        return resources;
    }

    static List<Named<JsonNode>> ours() throws IOException {
        return resources().stream()
                .filter(resource -> !kind(resource).equals("ConfigMap"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void theDefinitionAcceptsIt(JsonNode resource) throws IOException {
        JsonNode spec = YAML.createObjectNode().set("spec", resource.path("spec"));
        var schema = CrdRulesTest.schema(resource.path("kind").asText());
        assertThat(Structure.refusals(schema, spec)).isEmpty();
        assertThat(new CelRules(schema).brokenBy(spec)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void theOperatorKnowsEachField(JsonNode resource) throws IOException {
        Class<?> type = resource.path("kind").asText().equals("DatabaseMigration")
                ? DatabaseMigrationSpec.class
                : MigrationVerificationSpec.class;
        assertThat(YAML.treeToValue(resource.path("spec"), type)).isNotNull();
    }

    @Test
    void theyShowBothKindsAndEachOfTheirParts() throws IOException {
        Set<String> shown = new TreeSet<>();
        ours().forEach(resource -> resource.getPayload()
                .path("spec")
                .fieldNames()
                .forEachRemaining(field -> shown.add(kind(resource) + "." + field)));
        Set<String> all = new TreeSet<>();
        for (String kind : List.of("DatabaseMigration", "MigrationVerification")) {
            CrdRulesTest.schema(kind)
                    .at("/properties/spec/properties")
                    .fieldNames()
                    .forEachRemaining(field -> all.add(kind + "." + field));
        }
        // Said once, for the migration.
        all.removeAll(Set.of("MigrationVerification.pod", "MigrationVerification.suspend"));
        assertThat(shown).isEqualTo(all);
    }

    private static String kind(Named<JsonNode> resource) {
        return resource.getPayload().path("kind").asText();
    }
}
