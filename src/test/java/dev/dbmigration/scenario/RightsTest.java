package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.chart.Chart;
import dev.dbmigration.chart.Rights;
import dev.dbmigration.operator.OperatorProcess;
import dev.dbmigration.operator.Settings;
import dev.dbmigration.pod.RunnerImage;
import dev.dbmigration.testing.ApiRequest;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Interceptor;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Under the chart's roles every flow works, and every verb that they grant is used by one. */
class RightsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Object> QUICKLY = Map.of("crds.install", false);

    /** The SDK does not start without this right, and then does not use it. */
    private static final String ASKED_FOR = "coordination.k8s.io/leases update";

    private final Stage stage = new Stage(Clock.systemUTC());
    private final Database database = Postgres.shared().newDatabase("rights");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void everyFlowWorksAndUsesEveryRight() {
        Rights rights = Rights.of(QUICKLY);

        try (OperatorProcess operator = operator(rights, Set.of())) {
            operator.start();
            theLeaseIsDeletedByHand();
            aMigrationIsVerifiedAndItsChecksAreEditedAndDropped();
            itRunsAgainAndAgainUntilTheFirstPodsAreTidied();
            aContainerFailsWithLastWords();
            aPodWaitsForASecret();
        }

        Set<String> used = new TreeSet<>(rights.usedIn(requests()));
        used.add(ASKED_FOR);
        assertThat(used).isEqualTo(rights.granted());
        assertThat(rights.refusedOf(requests())).isEmpty();
    }

    @Test
    void theSameInOneNamespaceByARoleThereAndNowhereElse() {
        Rights rights = Rights.of(Map.of("crds.install", false, "watchNamespaces[0]", Stage.NAMESPACE));

        try (OperatorProcess operator = operator(rights, Set.of(Stage.NAMESPACE))) {
            operator.start();
            stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
            stage.awaitPhase("m", "Applied");
        }

        assertThat(rights.refusedOf(requests())).isEmpty();
        assertThat(rights.granted()).isEqualTo(Rights.of(QUICKLY).granted());
    }

    private List<ApiRequest> requests() {
        return stage.api.requests().matching(request -> request.by(Stage.OPERATOR));
    }

    /** An operator that is refused what the chart does not grant; only watches are not, and are looked at afterwards. */
    private OperatorProcess operator(Rights rights, Set<String> namespaces) {
        stage.secretFor(database, "db");
        stage.api.intercept(
                request -> request.by(Stage.OPERATOR) && !rights.allow(request),
                Interceptor.refuse(403, "Forbidden", "the chart does not grant it"));
        return new OperatorProcess(
                settings(namespaces), stage.api.configuration(Stage.OPERATOR), Clock.systemUTC(), () -> {});
    }

    private static Settings settings(Set<String> namespaces) {
        return new Settings(
                new RunnerImage(Stage.RUNNER, null),
                namespaces,
                0,
                new Settings.LeaderElection(
                        "dbmigration-operator",
                        Chart.RELEASE,
                        "one",
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200)));
    }

    private void theLeaseIsDeletedByHand() {
        await().atMost(PATIENCE).until(() -> holder() != null);
        stage.client
                .leases()
                .inNamespace(Chart.RELEASE)
                .withName("dbmigration-operator")
                .delete();
        await().atMost(PATIENCE).until(() -> holder() != null);
    }

    private String holder() {
        Lease lease = stage.client
                .leases()
                .inNamespace(Chart.RELEASE)
                .withName("dbmigration-operator")
                .get();
        return lease == null || lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
    }

    private void aMigrationIsVerifiedAndItsChecksAreEditedAndDropped() {
        // A lost answer to a create makes the client ask again, and then look whose the object is.
        for (String created : List.of("pods", "migrationverifications")) {
            stage.api.intercept(
                    request -> request.by(Stage.OPERATOR) && request.creates(created), 1, Interceptor.loseAnswer());
        }
        stage.configMap("files", Map.of("001_t.sql", OneFile.COUNTING));
        stage.migration(OneFile.sources(
                "m", database, "- configMap: {name: files}", "  verify: {checks: [{name: t, table: {name: effect}}]}"));
        stage.awaitPhase("m", "Verified");

        stage.edit("m", json -> json.replace("\"name\":\"t\"", "\"name\":\"u\""));
        await().atMost(PATIENCE)
                .until(() -> stage.verificationNamed("m")
                        .getSpec()
                        .checks()
                        .get(0)
                        .name()
                        .equals("u"));
        stage.edit("m", json -> json.replaceFirst(",\"verify\":\\{.*?]}", ""));
        await().atMost(PATIENCE).until(() -> stage.verificationNamed("m") == null);
    }

    private void itRunsAgainAndAgainUntilTheFirstPodsAreTidied() {
        for (String value : new String[] {"2", "3"}) {
            stage.changeConfigMap("files", "00" + value + "_t.sql", "select " + value);
            stage.requestRun("m", value);
            stage.awaitMigration(
                    "m",
                    "request " + value,
                    found -> value.equals(found.getStatus().lastRunRequest())
                            && found.getStatus().phase().equals("Applied"));
        }
        await().atMost(PATIENCE)
                .until(() -> stage.api
                                .requests()
                                .count(request -> request.by(Stage.OPERATOR)
                                        && request.verb().equals("delete")
                                        && request.resource().equals("configmaps"))
                        > 0);
    }

    private void aContainerFailsWithLastWords() {
        stage.migration(OneFile.container("tool", database, "echo last words; exit 1"));
        assertThat(stage.awaitPhase("tool", "Failed").getStatus().run().logTail())
                .containsExactly("last words");
    }

    private void aPodWaitsForASecret() {
        stage.migration(OneFile.sources("late", database, "- secret: {name: private}", ""));
        stage.awaitMigration(
                "late", "waits", found -> "Pending".equals(found.getStatus().phase()));
        stage.secret("private", Map.of("001_late.sql", "select 1"));
        stage.awaitPhase("late", "Applied");
    }
}
