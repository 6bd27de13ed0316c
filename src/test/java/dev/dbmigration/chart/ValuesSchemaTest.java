package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong value is refused before anything reaches a cluster, and the message names it. */
class ValuesSchemaTest {

    private static final Path SCHEMA = Chart.DIRECTORY.resolve("values.schema.json");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replica             | 2       | additional properties 'replica' not allowed",
                "replicas            | -1      | at '/replicas': minimum",
                "replicas            | two     | at '/replicas': got string, want integer",
                "leaderElection      | maybe   | at '/leaderElection': got string, want boolean",
                "image.pullPolicy    | Sometimes | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'",
                "image.repository    | ''      | at '/image/repository'",
                "image.digest        | latest  | at '/image/digest': 'latest' does not match pattern",
                "image.name          | x       | at '/image': additional properties 'name' not allowed",
                "logging.format      | xml     | at '/logging/format': value must be one of 'json', 'plain'",
                "logging.level       | LOUD    | at '/logging/level': value must be one of",
                "watchNamespaces     | ehr     | at '/watchNamespaces': got string, want array",
                "watchNamespaces[0]  | EHR     | at '/watchNamespaces/0': 'EHR' does not match pattern",
                "serviceMonitor.create | true  | at '/serviceMonitor/create': value must be one of 'WhereServed', 'Always', 'Never'",
                "serviceMonitor.interval | often | at '/serviceMonitor/interval': 'often' does not match pattern",
                "prometheusRule.runningTooLong | 1 | at '/prometheusRule/runningTooLong'",
                "rbac.secrets        | true    | at '/rbac': additional properties 'secrets' not allowed",
                "service.port        | 70000   | at '/service/port': maximum",
                "podDisruptionBudget.minAvailable | most | at '/podDisruptionBudget/minAvailable'"
            })
    void isRefused(String name, String value, String message) {
        assertThatThrownBy(() -> Chart.render("1.33.0", Map.of("crds.install", false, name, value)))
                .hasMessageContaining(message);
    }

    static List<Arguments> settings() throws IOException {
        List<Arguments> settings = new ArrayList<>();
        collect(new ObjectMapper().readTree(SCHEMA.toFile()), "", settings);
        return settings;
    }

    private static void collect(JsonNode schema, String prefix, List<Arguments> settings) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode type = property.getValue();
            settings.add(Arguments.of(prefix + property.getKey(), valueOfAnotherType(type)));
            collect(type, prefix + property.getKey() + ".", settings);
        });
    }

    private static Object valueOfAnotherType(JsonNode type) {
        return Set.of("object", "array", "boolean", "integer")
                        .contains(type.path("type").asText())
                ? "text"
                : (Object) true;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void anotherTypeIsRefusedForEachSetting(String name, Object value) {
        assertThatThrownBy(() -> Chart.render("1.33.0", Map.of(name, value)))
                .hasMessageContaining("at '/" + name.replace('.', '/') + "'");
    }

    @Test
    void twoReplicasWithoutAnElectionAreRefused() {
        assertThatThrownBy(() -> Chart.render("1.33.0", Map.of("replicas", 2, "leaderElection", false)))
                .hasMessageContaining("at '/leaderElection': value must be true");
    }

    @Test
    void anOlderServerThanTheOldestIsRefused() {
        assertThatThrownBy(() -> Chart.render("1.19.9", Map.of()))
                .hasMessageContaining("chart requires kubeVersion: >=1.20.0-0");
    }
}
