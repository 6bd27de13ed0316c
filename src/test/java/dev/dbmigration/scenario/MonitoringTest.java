package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dbmigration.chart.Chart;
import dev.dbmigration.chart.Monitoring;
import dev.dbmigration.testing.Promtool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        List<String> expressions = Stream.of(Monitoring.rules(Chart.RELEASE), Monitoring.dashboard())
                .flatMap(tree -> Monitoring.expressions(tree).stream())
                .toList();
        assertThat(expressions).hasSizeGreaterThan(15);

        for (String expression : expressions) {
            for (MatchResult selector : SELECTOR.matcher(expression).results().toList()) {
                await(selector.group())
                        .pollDelay(Duration.ZERO)
                        .until(() -> series().anyMatch(line -> matches(line, selector)));
            }
        }
    }

    @Test
    void promtoolFindsNothingToComplainAbout() throws Exception {
        assumeTrue(Promtool.isThere(), "no promtool");
        stage.migration(OneFile.inline(
                "m", database, OneFile.COUNTING, "  verify: {checks: [{name: t, table: {name: effect}}]}"));
        stage.migration(OneFile.inline("bad", database, "selec 1;"));
        stage.awaitPhase("m", "Verified");
        stage.awaitPhase("bad", "Failed");

        assertThat(Promtool.complaintsAbout(series().collect(Collectors.joining("\n", "", "\n"))))
                .isEmpty();
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
}
