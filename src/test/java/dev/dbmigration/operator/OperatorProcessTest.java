package dev.dbmigration.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.operator.Settings.LeaderElection;
import dev.dbmigration.pod.RunnerImage;
import dev.dbmigration.testing.ApiServer;
import dev.dbmigration.testing.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process around the reconcilers: endpoints, meters, and which of two replicas works. */
class OperatorProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApiServer api = ApiServer.withCommittedDefinitions();
    private final AtomicInteger lost = new AtomicInteger();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void itIsReadyOnceItsCachesAreFed() throws Exception {
        try (OperatorProcess operator = replica("a", null)) {
            operator.start();

            await().atMost(PATIENCE).until(() -> get(operator, "/readyz").statusCode() == 200);
            assertThat(get(operator, "/healthz").body()).isEqualTo("ok\n");
            assertThat(get(operator, "/metrics").body()).contains("jvm_memory_used_bytes", "operator_sdk_");
        }
    }

    @Test
    void aResourcesSeriesGoWhenItGoes() throws Exception {
        try (OperatorProcess operator = replica("a", null)) {
            operator.start();
            DatabaseMigration migration = api.client().resource(invalid("gone")).create();
            await().atMost(PATIENCE)
                    .until(() -> get(operator, "/metrics")
                            .body()
                            .contains("dbmigration_status{condition=\"Stalled\",kind=\"DatabaseMigration\","
                                    + "name=\"gone\",namespace=\"default\"} 1.0"));

            api.client().resource(migration).delete();

            await().atMost(PATIENCE)
                    .until(() -> !get(operator, "/metrics").body().contains("name=\"gone\""));
        }
    }

    @Test
    void requestsOfTheApiServerAreCountedAsRbacKnowsThem() throws Exception {
        api.intercept(request -> request.resource().equals("events"), 1, Interceptor.refuse(403, "Forbidden", "no"));
        try (OperatorProcess operator = replica("a", election("a"))) {
            operator.start();
            api.client().resource(invalid("one")).create();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(operator, "/metrics").body())
                            .contains(
                                    requests("200", "configmaps", "list"),
                                    requests("101", "configmaps", "watch"),
                                    requests("200", "databasemigrations/status", "update"),
                                    requests("403", "events", "create"),
                                    requests("404", "leases", "get"),
                                    requests("201", "leases", "create")));
        }
    }

    private static String requests(String code, String resource, String verb) {
        return "dbmigration_api_requests_total{code=\"%s\",resource=\"%s\",verb=\"%s\"} 1.0"
                .formatted(code, resource, verb);
    }

    @Test
    void oneOfTwoReplicasWorksAndTheOtherTakesOver() {
        OperatorProcess first = replica("first", election("first"));
        try (OperatorProcess second = replica("second", election("second"))) {
            first.start();
            await().atMost(PATIENCE).until(() -> writes("first", "leases") > 0);
            second.start();
            assertThat(second.ready()).isTrue();

            api.client().resource(invalid("one")).create();
            await().atMost(PATIENCE).until(() -> writes("first", "databasemigrations") == 1);
            assertThat(writes("second", "databasemigrations")).isZero();

            first.close();
            api.client().resource(invalid("two")).create();
            await().atMost(PATIENCE).until(() -> writes("second", "databasemigrations") == 1);
            assertThat(lost).hasValue(0);
        }
    }

    @Test
    void aReplicaThatLosesItsLeaseEnds() {
        try (OperatorProcess operator = replica("a", election("a"))) {
            operator.start();
            await().atMost(PATIENCE).until(() -> writes("a", "leases") > 0);

            api.intercept(
                    request -> request.by("a") && request.resource().equals("leases"),
                    Interceptor.refuse(403, "Forbidden", "no longer yours"));

            await().atMost(PATIENCE)
                    .untilAtomic(lost, count -> assertThat(count).isEqualTo(1));
        }
    }

    private OperatorProcess replica(String name, LeaderElection election) {
        Settings settings = new Settings(new RunnerImage("runner:1", null), Set.of(), 0, election);
        return new OperatorProcess(settings, api.configuration(name), Clock.systemUTC(), lost::incrementAndGet);
    }

    private static LeaderElection election(String identity) {
        return new LeaderElection(
                "dbmigration-operator",
                "default",
                identity,
                Duration.ofSeconds(2),
                Duration.ofMillis(1500),
                Duration.ofMillis(200));
    }

    private long writes(String replica, String resource) {
        return api.requests().writesBy(replica).stream()
                .filter(request -> request.resource().equals(resource))
                .count();
    }

    private static HttpResponse<String> get(OperatorProcess operator, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + operator.httpPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** Refused at once, by one status write. */
    private static DatabaseMigration invalid(String name) {
        return Serialization.unmarshal("""
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: %s, namespace: default}
                spec:
                  database: {host: db}
                  sql: {sources: [{}]}
                """.formatted(name), DatabaseMigration.class);
    }
}
