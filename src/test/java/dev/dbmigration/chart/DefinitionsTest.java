package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions that the chart installs are the committed ones, as far as the server understands them. */
class DefinitionsTest {

    private static final String RULES = "x-kubernetes-validations";
    private static final Path COMMITTED = Path.of("deploy/crds");

    @ParameterizedTest
    @ValueSource(strings = {"1.25.0", "1.33.0", "v1.30.2-eks-1552ad0"})
    void areTheCommittedOnesWithTheirRulesFromTheVersionThatBroughtThem(String version) throws IOException {
        assertThat(rendered(version)).isEqualTo(committed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.20.2", "1.24.17", "v1.24.9-gke.100"})
    void areTheSameWithoutRulesBefore(String version) throws IOException {
        List<JsonNode> definitions = committed();
        int rules = definitions.stream().mapToInt(DefinitionsTest::dropRules).sum();

        assertThat(rules).isPositive();
        assertThat(rendered(version)).isEqualTo(definitions);
    }

    @Test
    void areKeptWhenTheReleaseGoes() {
        assertThat(Chart.documents(Chart.render("1.33.0", Map.of())))
                .filteredOn(document -> document.path("kind").asText().equals("CustomResourceDefinition"))
                .hasSize(2)
                .allMatch(document -> document.at("/metadata/annotations/helm.sh~1resource-policy")
                        .asText()
                        .equals("keep"));
    }

    private static List<JsonNode> rendered(String version) {
        List<JsonNode> definitions = Chart.documents(Chart.render(version, Map.of())).stream()
                .filter(document -> document.path("kind").asText().equals("CustomResourceDefinition"))
                .toList();
        for (JsonNode definition : definitions) {
            ((ObjectNode) definition.path("metadata")).remove(List.of("labels", "annotations"));
        }
        return definitions;
    }

    private static List<JsonNode> committed() throws IOException {
        List<JsonNode> definitions = new ArrayList<>();
        try (Stream<Path> files = Files.list(COMMITTED)) {
            for (Path file : files.sorted().toList()) {
                definitions.addAll(Chart.documents(Files.readString(file)));
            }
        }
        return definitions;
    }

    /** Takes all rules out; returns how many places had some. */
    private static int dropRules(JsonNode node) {
        int dropped = node instanceof ObjectNode object && object.remove(RULES) != null ? 1 : 0;
        for (JsonNode child : node) {
            dropped += dropRules(child);
        }
        return dropped;
    }
}
