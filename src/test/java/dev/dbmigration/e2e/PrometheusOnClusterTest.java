package dev.dbmigration.e2e;

import static dev.dbmigration.e2e.Site.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.chart.Monitoring;
import dev.dbmigration.testing.Promtool;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Metrics, alerts and dashboard as a real Prometheus sees them: {@code -De2e.prometheus=PATH} names its program, with
 * promtool beside it; otherwise it is looked for on the PATH. The other properties are those of {@link
 * ChartOnClusterTest}.
 */
@Tag("e2e")
class PrometheusOnClusterTest {

    private static final String RELEASE = "prometheus-e2e";
    private static final String JOB = RELEASE + "-dbmigration-operator";
    private static final String GOOD = "good";
    private static final String BAD = "bad";

    /** Name, labels but for the namespace, and the value where it is no point in time. */
    private static final String SERIES = """
            dbmigration_files {kind=DatabaseMigration, name=bad, outcome=already_applied} 0
            dbmigration_files {kind=DatabaseMigration, name=bad, outcome=applied} 0
            dbmigration_files {kind=DatabaseMigration, name=bad, outcome=baseline} 0
            dbmigration_files {kind=DatabaseMigration, name=bad, outcome=failed} 1
            dbmigration_files {kind=DatabaseMigration, name=bad, outcome=pending} 0
            dbmigration_files {kind=DatabaseMigration, name=bad, outcome=skipped} 0
            dbmigration_files {kind=DatabaseMigration, name=good, outcome=already_applied} 0
            dbmigration_files {kind=DatabaseMigration, name=good, outcome=applied} 1
            dbmigration_files {kind=DatabaseMigration, name=good, outcome=baseline} 0
            dbmigration_files {kind=DatabaseMigration, name=good, outcome=failed} 0
            dbmigration_files {kind=DatabaseMigration, name=good, outcome=pending} 0
            dbmigration_files {kind=DatabaseMigration, name=good, outcome=skipped} 0
            dbmigration_last_success_timestamp_seconds {kind=DatabaseMigration, name=good}
            dbmigration_runs_total {kind=DatabaseMigration, name=bad, outcome=Failed, reason=UndefinedObject} 1
            dbmigration_runs_total {kind=DatabaseMigration, name=good, outcome=Succeeded} 1
            dbmigration_runs_total {kind=MigrationVerification, name=good, outcome=Succeeded} 1
            dbmigration_status {condition=Applied, kind=DatabaseMigration, name=bad} 0
            dbmigration_status {condition=Applied, kind=DatabaseMigration, name=good} 1
            dbmigration_status {condition=Finished, kind=DatabaseMigration, name=bad} 1
            dbmigration_status {condition=Finished, kind=DatabaseMigration, name=good} 1
            dbmigration_status {condition=Finished, kind=MigrationVerification, name=good} 1
            dbmigration_status {condition=Ready, kind=DatabaseMigration, name=bad} 0
            dbmigration_status {condition=Ready, kind=DatabaseMigration, name=good} 1
            dbmigration_status {condition=Ready, kind=MigrationVerification, name=good} 1
            dbmigration_status {condition=Reconciling, kind=DatabaseMigration, name=bad} 0
            dbmigration_status {condition=Reconciling, kind=DatabaseMigration, name=good} 0
            dbmigration_status {condition=Reconciling, kind=MigrationVerification, name=good} 0
            dbmigration_status {condition=Stalled, kind=DatabaseMigration, name=bad} 1
            dbmigration_status {condition=Stalled, kind=DatabaseMigration, name=good} 0
            dbmigration_status {condition=Stalled, kind=MigrationVerification, name=good} 0
            dbmigration_status {condition=Verified, kind=DatabaseMigration, name=bad} 0
            dbmigration_status {condition=Verified, kind=DatabaseMigration, name=good} 1
            dbmigration_status {condition=Verified, kind=MigrationVerification, name=good} 1
            dbmigration_verification_checks {kind=MigrationVerification, name=good, result=Error} 0
            dbmigration_verification_checks {kind=MigrationVerification, name=good, result=Failed} 0
            dbmigration_verification_checks {kind=MigrationVerification, name=good, result=Passed} 3
            dbmigration_verification_checks {kind=MigrationVerification, name=good, result=Warning} 0
            dbmigration_verification_drifts_total {kind=MigrationVerification, name=good} 0
            dbmigration_verification_last_run_timestamp_seconds {kind=MigrationVerification, name=good}
            """;

    private final Site site;
    private final KubernetesClient client;

    @TempDir
    private Path folder;

    PrometheusOnClusterTest() throws IOException {
        site = new Site(RELEASE);
        client = site.client;
    }

    @AfterEach
    void close() throws IOException {
        site.close();
    }

    @Test
    void metricsAlertsAndDashboardAreWhatTheyPromise() throws IOException {
        site.install(values -> values.set("replicas", 2));
        Scrape scrape = new Scrape(client, RELEASE);
        JsonNode rules = Monitoring.rules(RELEASE);

        try (PrometheusServer prometheus = new PrometheusServer(folder, scrape, JOB, rules)) {
            bothReplicasAreScraped(prometheus);
            oneMigrationIsVerifiedAndOneFails();
            everySeriesHasItsLabels(prometheus);
            everyPanelHasData(prometheus);
            theAlertOfTheFailedOneFires(prometheus);
            assertThat(scrape.pods())
                    .hasSize(2)
                    .allSatisfy(pod ->
                            assertThat(Promtool.complaintsAbout(scrape.of(pod))).isEmpty());
            seriesGoWithTheirResources(scrape, prometheus);
        }
    }

    private static void bothReplicasAreScraped(PrometheusServer prometheus) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.query("sum(up{job=\"" + JOB + "\"})"))
                        .singleElement()
                        .extracting(PrometheusOnClusterTest::value)
                        .isEqualTo(2.0));
    }

    private void oneMigrationIsVerifiedAndOneFails() throws IOException {
        String example =
                site.example("01-draft-fields-nullable.yaml").replace("name: draft-fields-nullable", "name: " + GOOD);
        String broken = example.replace("name: " + GOOD, "name: " + BAD)
                .replace("ALTER TABLE clinical_notes", "ALTER TABLE \"ClinicalNote\"")
                .replaceFirst("(?s)\n  verify:.*", "\n");
        for (String yaml : List.of(example, broken)) {
            client.resource(Serialization.unmarshal(yaml, DatabaseMigration.class))
                    .create();
        }
        awaitPhase(GOOD, "Verified");
        awaitPhase(BAD, "Failed");
    }

    private void awaitPhase(String name, String phase) {
        await(name).atMost(PATIENCE).until(() -> {
            DatabaseMigration found = client.resources(DatabaseMigration.class)
                    .inNamespace(site.users)
                    .withName(name)
                    .get();
            return found.getStatus() != null && phase.equals(found.getStatus().phase());
        });
    }

    /** Exactly the contract's series, of exactly these resources; of the values, those that are not points in time. */
    private void everySeriesHasItsLabels(PrometheusServer prometheus) {
        String ours = "{__name__=~\"dbmigration_.+\",namespace=\"" + site.users + "\"}";
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(words(prometheus.query(ours))).containsExactlyInAnyOrder(SERIES.split("\n")));
        assertThat(prometheus.query("dbmigration_last_success_timestamp_seconds > time() - 3600"))
                .hasSize(1);
        assertThat(prometheus.query("dbmigration_verification_last_run_timestamp_seconds > time() - 3600"))
                .hasSize(1);
        assertThat(words(prometheus.query("sum by (outcome) (dbmigration_run_duration_seconds_count)")))
                .containsExactly(
                        " {outcome=Failed} 1",
                        " {outcome=Planned} 0",
                        " {outcome=Succeeded} 2",
                        " {outcome=Unknown} 0");
        assertThat(prometheus.query(
                        "dbmigration_api_requests_total{verb=\"create\",resource=\"pods\",code=\"201\"} == 3"))
                .hasSize(1);
    }

    private static Set<String> words(JsonNode results) {
        Set<String> words = new TreeSet<>();
        for (JsonNode result : results) {
            Map<String, String> labels = new TreeMap<>(PrometheusServer.labels(result));
            String name = labels.getOrDefault("__name__", "");
            labels.keySet().removeAll(Set.of("__name__", "namespace"));
            words.add(name + " " + labels + (name.endsWith("timestamp_seconds") ? "" : " " + (long) value(result)));
        }
        return words;
    }

    /** As Grafana asks, with all namespaces chosen. */
    private void everyPanelHasData(PrometheusServer prometheus) {
        List<String> expressions = Monitoring.expressions(Monitoring.dashboard());
        assertThat(expressions).hasSizeGreaterThan(10);
        for (String expression : expressions) {
            await(expression)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(prometheus.query(expression.replace("$namespace", ".*")))
                            .isNotEmpty()
                            .allSatisfy(result -> assertThat(value(result)).isFinite()));
        }
        assertThat(StreamSupport.stream(
                        prometheus
                                .api("label/namespace/values?match[]=dbmigration_status")
                                .spliterator(),
                        false))
                .extracting(JsonNode::asText)
                .containsExactly(site.users);
        theFirstRunOfAResourceCounts(prometheus, expressions);
    }

    private static void theFirstRunOfAResourceCounts(PrometheusServer prometheus, List<String> expressions) {
        String runs = expressions.stream()
                .filter(expression -> expression.contains("dbmigration_runs_total"))
                .findFirst()
                .orElseThrow();
        assertThat(words(prometheus.query(runs.replace("$namespace", ".*"))))
                .containsExactly(" {outcome=Failed, reason=UndefinedObject} 1", " {outcome=Succeeded} 2");
    }

    private void theAlertOfTheFailedOneFires(PrometheusServer prometheus) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.query("ALERTS{alertname=\"DatabaseMigrationFailed\"}"))
                        .singleElement()
                        .extracting(PrometheusServer::labels)
                        .isEqualTo(Map.of(
                                "__name__", "ALERTS",
                                "alertname", "DatabaseMigrationFailed",
                                "alertstate", "firing",
                                "kind", "DatabaseMigration",
                                "namespace", site.users,
                                "name", BAD,
                                "severity", "critical")));
        assertThat(prometheus.api("rules").findValuesAsText("health"))
                .hasSize(7)
                .containsOnly("ok");
    }

    private void seriesGoWithTheirResources(Scrape scrape, PrometheusServer prometheus) {
        client.resources(DatabaseMigration.class).inNamespace(site.users).delete();

        String label = "namespace=\"" + site.users + "\"";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape.pods())
                        .noneMatch(pod -> scrape.of(pod).contains(label)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.query("{__name__=~\"dbmigration_.+\"," + label + "}"))
                        .isEmpty());
    }

    private static double value(JsonNode result) {
        return Double.parseDouble(result.get("value").get(1).asText());
    }
}
