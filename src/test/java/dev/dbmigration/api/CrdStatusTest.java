package dev.dbmigration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A status that a server refused would leave a run without its end: each field in full is accepted. */
class CrdStatusTest {

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("DatabaseMigration", DatabaseMigrationStatus.class),
                Arguments.of("MigrationVerification", MigrationVerificationStatus.class));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFullStatusIsAccepted(String kind, Class<?> type) throws IOException {
        JsonNode status = full(kind);
        assertThat(status.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        ObjectNode resource = Crds.YAML.createObjectNode();
        resource.putObject("spec");
        resource.set("status", status);
        assertThat(Structure.refusals(CrdRulesTest.schema(kind), resource))
                .filteredOn(place -> place.startsWith("status"))
                .isEmpty();
    }

    /** The operator's own bounds are enough; a second one here could only contradict them. */
    @ParameterizedTest
    @MethodSource("kinds")
    void nothingInAStatusButItsConditionsIsBounded(String kind, Class<?> type) throws IOException {
        ObjectNode schema = (ObjectNode) CrdRulesTest.schema(kind).at("/properties/status");
        SchemaWalk.walk("status", schema, (path, field) -> {
            if (!path.startsWith("status.conditions")) {
                assertThat(field.properties())
                        .as(path)
                        .extracting(Map.Entry::getKey)
                        .doesNotContain("oneOf", "anyOf", "pattern", "enum", "x-kubernetes-validations")
                        .noneMatch(word -> word.startsWith("min") || word.startsWith("max"));
            }
        });
    }

    private static JsonNode full(String kind) throws IOException {
        try (InputStream yaml = CrdStatusTest.class.getResourceAsStream("/statuses/" + kind + ".yaml")) {
            return Crds.YAML.readTree(yaml);
        }
    }
}
