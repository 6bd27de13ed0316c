package dev.dbmigration.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words by which a request is counted. */
class ApiRequestsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApiRequests requests = new ApiRequests(registry);

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/namespaces/ehr/pods/p, get, pods",
        "GET, /api/v1/namespaces/ehr/pods?limit=5, list, pods",
        "GET, /api/v1/pods?allowWatchBookmarks=true&watch=true, watch, pods",
        "GET, /api/v1/pods?watch=false, list, pods",
        "GET, /api/v1/namespaces/ehr/pods/p/log?limitBytes=1, get, pods/log",
        "GET, /api/v1/namespaces/ehr, get, namespaces",
        "POST, /apis/dbmigration.dev/v1alpha1/namespaces/ehr/migrationverifications, create, migrationverifications",
        "PUT, /apis/dbmigration.dev/v1alpha1/namespaces/ehr/databasemigrations/m/status, update, databasemigrations/status",
        "PATCH, /apis/coordination.k8s.io/v1/namespaces/n/leases/l, patch, leases",
        "DELETE, /api/v1/namespaces/ehr/configmaps/c, delete, configmaps",
        "DELETE, /api/v1/namespaces/ehr/configmaps, deletecollection, configmaps",
        "GET, /behind/a/proxy/api/v1/namespaces/pods/configmaps/namespaces, get, configmaps",
        "GET, /version, list, other",
    })
    void aRequestHasTheVerbAndTheResourceOfRbac(String method, String uri, String verb, String resource) {
        requests.afterConnectionFailure(request(method, uri), new IOException("gone"));

        assertThat(registry.getMeters())
                .extracting(ApiRequestsTest::labels)
                .containsExactly(Map.of("verb", verb, "resource", resource, "code", "none"));
    }

    @Test
    void aTryThatIsRepeatedForWantOfAnAnswerIsCounted() {
        Config nobody = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://localhost:" + Postgres.freePort())
                .withRequestRetryBackoffLimit(2)
                .withRequestRetryBackoffInterval(1)
                .build();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(nobody)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("requests", requests))
                .build()) {
            assertThatThrownBy(
                            () -> client.pods().inNamespace("ehr").withName("p").get())
                    .isInstanceOf(KubernetesClientException.class);
        }

        assertThat(registry.get("dbmigration.api.requests")
                        .tag("code", "none")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private static Map<String, String> labels(Meter meter) {
        return Map.of(
                "verb", meter.getId().getTag("verb"),
                "resource", meter.getId().getTag("resource"),
                "code", meter.getId().getTag("code"));
    }

    private static HttpRequest request(String method, String uri) {
        Map<String, Object> answers = Map.of("method", method, "uri", URI.create("https://api:6443" + uri));
        return (HttpRequest) Proxy.newProxyInstance(
                HttpRequest.class.getClassLoader(),
                new Class<?>[] {HttpRequest.class},
                (proxy, called, arguments) -> answers.get(called.getName()));
    }
}
