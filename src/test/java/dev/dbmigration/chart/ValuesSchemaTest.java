package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong value is refused before anything reaches a cluster, and the message names it. */
class ValuesSchemaTest {

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
