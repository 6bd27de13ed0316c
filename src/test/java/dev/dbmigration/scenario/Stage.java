package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.api.v1alpha1.ApiGroup;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.operator.OperatorProcess;
import dev.dbmigration.operator.Settings;
import dev.dbmigration.pod.RunnerImage;
import dev.dbmigration.testing.ApiServer;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Image;
import dev.dbmigration.testing.StandInKubelet;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Everything a story needs: an API server, a kubelet that runs real processes, and the real operator. */
final class Stage implements AutoCloseable {

    static final String NAMESPACE = "ehr";
    static final String RUNNER = "dbmigration-operator:test";
    static final String OPERATOR = "operator";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final ApiServer api = ApiServer.withCommittedDefinitions();
    final StandInKubelet kubelet =
            new StandInKubelet(api, Map.of(RUNNER, Image.ofThisProject(), "app:1", Image.ofThisMachine()));
    final KubernetesClient client = api.client();
    private final Clock clock;
    private OperatorProcess operator;

    Stage(Clock clock) {
        this.clock = clock;
    }

    /** A stage with the operator at work and the wall clock. */
    static Stage open() {
        Stage stage = new Stage(Clock.systemUTC());
        stage.startOperator();
        return stage;
    }

    void startOperator() {
        startOperator(OPERATOR);
    }

    /** Starts an operator whose requests are recorded under this name. */
    void startOperator(String userAgent) {
        Settings settings = new Settings(new RunnerImage(RUNNER, null), Set.of(), 0, null);
        operator = new OperatorProcess(settings, api.configuration(userAgent), clock, () -> {});
        operator.start();
    }

    void stopOperator() {
        operator.close();
        operator = null;
    }

    void restartOperator() {
        stopOperator();
        startOperator();
    }

    /** Leaves an operator to itself that reaches nothing any more: it is stopped in the background. */
    void abandonOperator() {
        Thread end = new Thread(operator::close, "abandoned operator");
        end.setDaemon(true);
        end.start();
        operator = null;
    }

    /** The sum over all series of this name. */
    double metric(String name) {
        return scrape().lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** What Prometheus is given. */
    String scrape() {
        try {
            URI uri = URI.create("http://localhost:" + operator.httpPort() + "/metrics");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    OperatorProcess operator() {
        return operator;
    }

    void secret(String name, Map<String, String> data) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    /** A Secret that opens a database. */
    void secretFor(Database database, String name) {
        secret(name, Map.of("username", database.user(), "password", database.password()));
    }

    ConfigMap configMap(String name, Map<String, String> data) {
        return client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }

    /** Asks for runs when a ConfigMap changes. */
    void watched(String name) {
        client.configMaps().inNamespace(NAMESPACE).withName(name).edit(map -> {
            map.getMetadata().setLabels(Map.of(ApiGroup.WATCH_LABEL, ApiGroup.WATCH_ENABLED));
            return map;
        });
    }

    void changeConfigMap(String name, String key, String value) {
        client.configMaps().inNamespace(NAMESPACE).withName(name).edit(map -> {
            map.getData().put(key, value);
            return map;
        });
    }

    DatabaseMigration migration(String yaml) {
        DatabaseMigration migration = Serialization.unmarshal(yaml, DatabaseMigration.class);
        migration.getMetadata().setNamespace(NAMESPACE);
        return client.resource(migration).create();
    }

    MigrationVerification verification(String yaml) {
        MigrationVerification verification = Serialization.unmarshal(yaml, MigrationVerification.class);
        verification.getMetadata().setNamespace(NAMESPACE);
        return client.resource(verification).create();
    }

    DatabaseMigration migrationNamed(String name) {
        return client.resources(DatabaseMigration.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    MigrationVerification verificationNamed(String name) {
        return client.resources(MigrationVerification.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    /** Waits until a migration's phase is this one, and gives the migration. */
    DatabaseMigration awaitPhase(String name, String phase) {
        return awaitMigration(
                name, "phase " + phase, found -> phase.equals(found.getStatus().phase()));
    }

    DatabaseMigration awaitMigration(String name, String what, Predicate<DatabaseMigration> predicate) {
        return await(name + ": " + what)
                .atMost(PATIENCE)
                .until(
                        () -> migrationNamed(name),
                        found -> found != null && found.getStatus() != null && predicate.test(found));
    }

    MigrationVerification awaitVerification(String name, String phase) {
        return awaitVerification(
                name, "phase " + phase, found -> phase.equals(found.getStatus().phase()));
    }

    MigrationVerification awaitVerification(String name, String what, Predicate<MigrationVerification> predicate) {
        return await(name + ": " + what)
                .atMost(PATIENCE)
                .until(
                        () -> verificationNamed(name),
                        found -> found != null && found.getStatus() != null && predicate.test(found));
    }

    /** Edits the migration's JSON, which has no spaces, as a user does, whatever the operator writes meanwhile. */
    void edit(String name, UnaryOperator<String> json) {
        edit(DatabaseMigration.class, name, json);
    }

    /** The same for a verification. */
    void editVerification(String name, UnaryOperator<String> json) {
        edit(MigrationVerification.class, name, json);
    }

    private <T extends HasMetadata> void edit(Class<T> kind, String name, UnaryOperator<String> json) {
        await("edit of " + name)
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    T found = client.resources(kind)
                            .inNamespace(NAMESPACE)
                            .withName(name)
                            .get();
                    T edited = Serialization.unmarshal(json.apply(jsonOf(found)), kind);
                    return client.resource(edited).update() != null;
                });
    }

    private static String jsonOf(Object object) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(object);
    }

    /** Asks for a new run. */
    void requestRun(String name, String value) {
        client.resources(DatabaseMigration.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .edit(migration -> {
                    migration.getMetadata().getAnnotations().put(ApiGroup.RUN_REQUESTED_AT, value);
                    return migration;
                });
    }

    void requestVerification(String name, String value) {
        client.resources(MigrationVerification.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .edit(verification -> {
                    verification.getMetadata().getAnnotations().put(ApiGroup.RUN_REQUESTED_AT, value);
                    return verification;
                });
    }

    /** Touches every Pod, so that the operator looks at their owners again. */
    void poke() {
        String value = UUID.randomUUID().toString();
        for (Pod pod : pods()) {
            touch(pod, value);
        }
    }

    /** Lets the operator look at everything once more, and waits until it has. */
    void lookAgain() {
        double before = metric("operator_sdk_reconciliations_success_total");
        poke();
        await().until(() -> metric("operator_sdk_reconciliations_success_total") > before);
    }

    private void touch(Pod pod, String value) {
        try {
            client.resource(pod).edit(touched -> {
                touched.getMetadata().getAnnotations().put("example.com/poked", value);
                return touched;
            });
        } catch (KubernetesClientException e) {
            // A Pod that has gone meanwhile has been looked at already.
            assertThat(e.getCode()).isEqualTo(404);
        }
    }

    /** {@code {host: ..., secretRef: ...}} for a database whose Secret is named so. */
    static String databaseYaml(Database database, String secret) {
        return "{host: %s, port: %d, name: %s, secretRef: {name: %s}}"
                .formatted(database.host(), database.port(), database.name(), secret);
    }

    List<Pod> pods() {
        return client.pods().inNamespace(NAMESPACE).list().getItems();
    }

    List<String> eventReasons(String kind, String name) {
        return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getKind().equals(kind))
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .sorted(Comparator.comparing(event -> event.getMetadata().getName()))
                .map(Event::getReason)
                .toList();
    }

    static Condition condition(DatabaseMigration migration, String type) {
        return Conditions.find(migration.getStatus().conditions(), type).orElse(null);
    }

    static Condition condition(MigrationVerification verification, String type) {
        return Conditions.find(verification.getStatus().conditions(), type).orElse(null);
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        kubelet.close();
        api.close();
    }
}
