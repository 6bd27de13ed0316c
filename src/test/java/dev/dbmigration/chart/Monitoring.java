package dev.dbmigration.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What the chart gives to Prometheus and Grafana, with its default values. */
public final class Monitoring {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Monitoring() {}

    /** The PrometheusRule's spec, which is what Prometheus itself reads as a file of rules. */
    public static JsonNode rules(String release) {
        HasMetadata rule = rendered(release, "prometheusRule.create", "Always").stream()
                .filter(object -> object.getKind().equals("PrometheusRule"))
                .findFirst()
                .orElseThrow();
        return read(Serialization.asJson(rule)).get("spec");
    }

    /** The dashboard as Grafana imports it. */
    public static JsonNode dashboard() {
        List<ConfigMap> maps = Chart.of(rendered(Chart.RELEASE, "dashboard.create", true), ConfigMap.class);
        return read(maps.get(0).getData().values().iterator().next());
    }

    /** All queries in there, as they are written. */
    public static List<String> expressions(JsonNode tree) {
        return tree.findValuesAsText("expr");
    }

    private static List<HasMetadata> rendered(String release, String value, Object setting) {
        return Chart.objects(release, "1.33.0", Map.of("crds.install", false, value, setting));
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
