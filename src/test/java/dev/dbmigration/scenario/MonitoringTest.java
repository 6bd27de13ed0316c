package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.chart.Chart;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart's alerts and panels read only series that an operator at work really has. */
class MonitoringTest extends Scenario {

    /** A series and its matchers; what Prometheus makes by itself has other names. */
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:dbmigration|operator_sdk|jvm)_\\w+)(?:\\{([^}]*)})?");

    private static final Pattern EQUALITY = Pattern.compile("(\\w+)=(\"[^\"]*\")");

    @Test
    void everySeriesThatIsReadIsThere() throws Exception {
        ClinicalNotes.create(database);
        stage.migration(OneFile.inline(
                "m", database, OneFile.COUNTING, "  verify: {checks: [{name: t, table: {name: effect}}]}"));
        stage.awaitPhase("m", "Verified");
        List<String> expressions = expressions();
        assertThat(expressions).hasSizeGreaterThan(15);

        for (String expression : expressions) {
            for (MatchResult selector : SELECTOR.matcher(expression).results().toList()) {
                await(selector.group())
                        .pollDelay(Duration.ZERO)
                        .until(() -> series().anyMatch(line -> matches(line, selector)));
            }
        }
    }

    private static boolean matches(String line, MatchResult selector) {
        String matchers = selector.group(2) == null ? "" : selector.group(2);
        return line.matches(selector.group(1) + "[{ ].*")
                && EQUALITY.matcher(matchers)
                        .results()
                        .allMatch(matcher -> line.contains(matcher.group(1) + "=" + matcher.group(2)));
    }

    private Stream<String> series() throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + stage.operator().httpPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines())
                .body();
    }

    private static List<String> expressions() throws IOException {
        List<HasMetadata> objects = Chart.objects(
                "1.33.0", Map.of("crds.install", false, "prometheusRule.create", "Always", "dashboard.create", true));
        ObjectMapper mapper = new ObjectMapper();
        HasMetadata rule = objects.stream()
                .filter(object -> object.getKind().equals("PrometheusRule"))
                .findFirst()
                .orElseThrow();
        ConfigMap dashboard = Chart.of(objects, ConfigMap.class).get(0);
        return Stream.of(
                        mapper.readTree(Serialization.asJson(rule)),
                        mapper.readTree(dashboard.getData().values().iterator().next()))
                .map(tree -> tree.findValues("expr"))
                .flatMap(List::stream)
                .map(JsonNode::asText)
                .toList();
    }
}
