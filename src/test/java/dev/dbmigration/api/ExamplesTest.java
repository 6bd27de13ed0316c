package dev.dbmigration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server accepts each example, and together they show what there is. */
class ExamplesTest {

    private static final String[] KINDS = {"DatabaseMigration", "MigrationVerification"};

    static Stream<Named<JsonNode>> examples() {
        return Stream.of(KINDS).flatMap(kind -> Examples.of(kind).stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theDefinitionAcceptsIt(JsonNode example) throws IOException {
        assertThat(Refusals.of(example)).isEmpty();
    }

    @Test
    void allOfThemFitIntoOneNamespace() {
        for (String kind : KINDS) {
            assertThat(Examples.of(kind))
                    .extracting(
                            example -> example.getPayload().at("/metadata/name").asText())
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void togetherTheyShowEachPartOfASpec() throws IOException {
        Set<String> all = new TreeSet<>();
        for (String kind : KINDS) {
            names(kind, CrdRulesTest.schema(kind).at("/properties/spec/properties"), all);
        }
        // Said once, for the migration.
        all.removeAll(Set.of("MigrationVerification.pod", "MigrationVerification.suspend"));
        Set<String> shown = new TreeSet<>();
        examples()
                .map(Named::getPayload)
                .forEach(example -> names(example.path("kind").asText(), example.path("spec"), shown));
        assertThat(shown).isEqualTo(all);
    }

    private static void names(String kind, JsonNode node, Set<String> names) {
        node.properties().stream().map(Map.Entry::getKey).forEach(name -> names.add(kind + "." + name));
    }
}
