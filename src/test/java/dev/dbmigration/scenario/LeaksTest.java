package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.api.v1alpha1.RunningStatus;
import dev.dbmigration.testing.ApiRequest;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.OperatorLog;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Passwords, URIs, keys and data stay where they belong: they are looked for in whatever is written to the API server,
 * by the operator and by the kubelet for the runner, in the operator's log at its most talkative, in the metrics, and
 * the password of the database in the Pods' logs as well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OperatorLog log = OperatorLog.verbose();
    private final Postgres postgres = Postgres.startWithPasswords();
    private final Stage stage = Stage.open();
    private final AtomicInteger number = new AtomicInteger();

    @AfterAll
    void close() {
        stage.close();
        postgres.close();
        log.close();
    }

    static Stream<Leak> leaks() {
        return Stream.concat(SqlLeaks.all(), OtherLeaks.all());
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void nothingGetsOut(Leak leak) {
        String name = "leak-" + number.incrementAndGet();
        Database database = database(name);
        stage.api.requests().clear();
        log.clear();

        leak.play().begin(stage, name, database);

        assertThat(outcome(ended(name))).isEqualTo(leak.outcome());
        String logs = podLogs(name);
        for (String word : words(leak, database)) {
            assertThat(whereTold(word, leak.copied())).as(word).isEmpty();
            if (leak.logged() && leak.words().contains(word)) {
                assertThat(logs).contains(word);
            } else {
                assertThat(logs).doesNotContain(word);
            }
        }
    }

    @Test
    void theSearchFindsWhatIsTold() {
        Database database = database("told");
        Leak.sql("told", "UndefinedObject", "select * from told_openly").play().begin(stage, "told", database);

        ended("told");

        assertThat(whereTold("told_openly", any -> false))
                .anyMatch(place -> place.startsWith("update") && place.contains("databasemigrations/told/status"))
                .anyMatch(place -> place.startsWith("create") && place.contains("/events "))
                .anyMatch(place -> place.contains("/pods/told-") && place.endsWith("by kubelet"))
                .contains("operator's log");
        await().until(() -> whereTold("name=\"told\"", any -> false).contains("metrics"));
        assertThat(podLogs("told")).contains("told_openly");
    }

    /** With tables and data; the Secret of this name opens it. */
    private Database database(String secret) {
        Database database = postgres.newDatabase("leak");
        database.execute(SqlLeaks.TABLES);
        postgres.admin().execute("grant pg_execute_server_program to " + database.user());
        stage.secretFor(database, secret);
        return database;
    }

    /** The password in use is a secret of every case. */
    private static List<String> words(Leak leak, Database database) {
        List<String> words = new ArrayList<>(List.of(database.password()));
        leak.words().stream()
                .map(word -> word.replace("{password}", database.password()))
                .forEach(words::add);
        return words;
    }

    private List<String> whereTold(String word, Predicate<ApiRequest> copied) {
        String escaped = word.replace("\\", "\\\\").replace("\"", "\\\"");
        List<String> places = stage.api.requests().all().stream()
                .filter(request -> request.isWrite() && !request.by("user"))
                .filter(copied.negate())
                .filter(request ->
                        request.body().contains(word) || request.body().contains(escaped))
                .map(ApiRequest::toString)
                .collect(Collectors.toCollection(ArrayList::new));
        if (log.texts().stream().anyMatch(line -> line.contains(word) || line.contains(escaped))) {
            places.add("operator's log");
        }
        if (stage.scrape().contains(word)) {
            places.add("metrics");
        }
        return places;
    }

    private RunningStatus ended(String name) {
        return await(name)
                .atMost(PATIENCE)
                .until(
                        () -> status(name),
                        status -> status != null
                                && status.run() != null
                                && status.run().finished());
    }

    private RunningStatus status(String name) {
        DatabaseMigration migration = stage.migrationNamed(name);
        MigrationVerification verification = stage.verificationNamed(name);
        return migration != null ? migration.getStatus() : verification != null ? verification.getStatus() : null;
    }

    private static String outcome(RunningStatus status) {
        RunStatus run = status.run();
        return run.reason() == null ? run.outcome() : run.reason();
    }

    private String podLogs(String name) {
        return stage.pods().stream()
                .filter(pod ->
                        pod.getMetadata().getOwnerReferences().get(0).getName().equals(name))
                .map(this::podLog)
                .filter(Objects::nonNull)
                .collect(Collectors.joining());
    }

    private String podLog(Pod pod) {
        return stage.client
                .pods()
                .inNamespace(Stage.NAMESPACE)
                .withName(pod.getMetadata().getName())
                .getLog();
    }
}
