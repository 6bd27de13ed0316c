package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.policy.v1beta1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong on a real cluster has its own reason, and its user sees it wherever users look: conditions with
 * words on what and what next, {@code kubectl get}, events, metrics. All of {@code e2e/reasons.yaml} goes wrong at the
 * same time.
 *
 * <p>{@code -De2e.image=NAME:TAG} is an image that the cluster has; {@code -De2e.watch=true} as in
 * {@link ChartOnClusterTest}.
 */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReasonsOnClusterTest {

    /** All wait side by side, so what has not come by then for one of them will not. */
    private static final Duration TOGETHER = Duration.ofMinutes(4);

    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Map<Trouble, Connection> sessions = new HashMap<>();
    private Site site;
    private KubernetesClient client;
    private Shown shown;
    private List<Trouble> troubles;
    private Instant deadline;

    @BeforeAll
    void everythingGoesWrongAtOnce() throws IOException, SQLException {
        site = new Site("reasons-e2e");
        client = site.client;
        troubles = Trouble.all(Map.of(
                "node", site.database().host(),
                "image", "docker.io/library/" + System.getProperty("e2e.image", ""),
                "app", System.getProperty("e2e.app.image", "ehr.invalid/app:1.42")));
        surroundings();
        site.install(values -> values);
        deadline = Instant.now().plus(TOGETHER);
        shown = new Shown(site);
        for (Trouble trouble : troubles) {
            client.resource(resource(trouble)).inNamespace(site.users).create();
        }
        for (Trouble trouble : troubles) {
            if (trouble.evicted()) {
                evict(trouble);
            }
        }
    }

    @AfterAll
    void close() throws IOException, SQLException {
        for (Connection session : sessions.values()) {
            session.close();
        }
        if (shown != null) {
            shown.close();
        }
        site.close();
    }

    Stream<Trouble> troubles() {
        return troubles.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void isSeenForWhatItIs(Trouble trouble) {
        String name = trouble.name();
        if (trouble.waits() != null) {
            awaitSight(trouble, trouble.waits());
            String news = trouble.waits().phase().equals("Retrying") ? "RetryScheduled" : "Blocked";
            awaitEvent(trouble, "Warning " + news + " " + trouble.waits().ready() + ": ");
        }
        awaitSight(trouble, trouble.ends());
        awaitEvent(trouble, trouble.lastEvent());
        if (trouble.counted()) {
            inTime(trouble).untilAsserted(() -> assertThat(shown.metrics()).contains(trouble.series(site.users)));
        }
        Map<String, String> row = shown.row(trouble.kind(), name);
        assertThat(row)
                .containsEntry("Phase", trouble.ends().phase())
                .containsEntry("Reason", trouble.ends().ready());
        System.out.println(name + ": " + row);
        if (trouble.kind().equals("DatabaseMigration")) {
            assertThat(row.get("Message")).contains(trouble.ends().says());
        }
    }

    private void awaitSight(Trouble trouble, Sight sight) {
        try {
            inTime(trouble)
                    .until(() -> shown.states(trouble.kind(), trouble.name()).stream()
                            .anyMatch(sight::isIn));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(sight + " among" + seen(trouble), e);
        }
    }

    private ConditionFactory inTime(Trouble trouble) {
        Duration left = Duration.between(Instant.now(), deadline);
        return await(trouble.name()).pollDelay(Duration.ZERO).atMost(left.compareTo(LEAST) < 0 ? LEAST : left);
    }

    private String seen(Trouble trouble) {
        return shown.states(trouble.kind(), trouble.name()).stream()
                .map(state -> "\n  " + Sight.brief(state))
                .collect(Collectors.joining("", "", shown.logs(trouble.kind(), trouble.name())));
    }

    private void awaitEvent(Trouble trouble, String start) {
        inTime(trouble)
                .untilAsserted(() -> assertThat(shown.events(trouble.kind(), trouble.name()))
                        .anyMatch(event -> event.startsWith(start)));
    }

    private GenericKubernetesResource resource(Trouble trouble) throws IOException, SQLException {
        if (trouble.alone() == null) {
            return trouble.resource(site.database(), "ehr-db");
        }
        Database database = site.newDatabase(trouble.name());
        Connection session = database.connect();
        sessions.put(trouble, session);
        execute(session, trouble.alone());
        return trouble.resource(database, trouble.name());
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Evicts the Pod as a drain does, once its container runs; what waits at a gate then finds it open. */
    private void evict(Trouble trouble) throws SQLException {
        inTime(trouble)
                .until(() -> shown.states(trouble.kind(), trouble.name()).stream()
                        .anyMatch(state ->
                                state.path("status").path("phase").asText().equals("Running")));
        if (sessions.containsKey(trouble)) {
            execute(sessions.get(trouble), "INSERT INTO gate VALUES (true)");
        }
        String pod = lastState(trouble).path("status").path("run").path("pod").asText();
        client.raw(
                "/api/v1/namespaces/" + site.users + "/pods/" + pod + "/eviction",
                "POST",
                new EvictionBuilder()
                        .withNewMetadata()
                        .withNamespace(site.users)
                        .withName(pod)
                        .endMetadata()
                        .build());
    }

    private JsonNode lastState(Trouble trouble) {
        List<JsonNode> states = shown.states(trouble.kind(), trouble.name());
        return states.get(states.size() - 1);
    }

    /** A Secret with a wrong password, a quota of what nobody else asks for, and a floor that nobody else is below. */
    private void surroundings() {
        site.secret("ehr-db-wrong", Map.of("username", "somebody", "password", "not-the-password"));
        client.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(site.users)
                        .withName("licences")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of("requests.example.com/licence", new Quantity("0")))
                        .endSpec()
                        .build())
                .create();
        client.resource(new LimitRangeBuilder()
                        .withNewMetadata()
                        .withNamespace(site.users)
                        .withName("floor")
                        .endMetadata()
                        .withNewSpec()
                        .addNewLimit()
                        .withType("Container")
                        .withMin(Map.of("memory", new Quantity("4Mi")))
                        .endLimit()
                        .endSpec()
                        .build())
                .create();
    }
}
