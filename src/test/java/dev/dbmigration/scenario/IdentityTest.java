package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.pod.Owner;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two lives under one name, two kinds under one name, and names that are taken. */
class IdentityTest extends Scenario {

    @Test
    void aResourceAppliedAgainUnderItsNameStartsFromNothingOfTheFirst() {
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        DatabaseMigration first = stage.awaitPhase("m", "Applied");
        String firstPod = first.getStatus().run().pod();
        stage.client.resource(first).delete();
        await().until(() -> stage.pods().isEmpty());

        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));

        DatabaseMigration second = stage.awaitPhase("m", "Applied");
        assertThat(second.getStatus().run().number()).isEqualTo(1);
        assertThat(second.getStatus().run().pod()).isNotEqualTo(firstPod);
        assertThat(second.getStatus().summary().alreadyApplied()).isEqualTo(1);
        assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
    }

    @Test
    void bothKindsUnderOneNameKeepTheirPodsApart() {
        stage.migration(OneFile.container("same", database, "exit 3"));
        stage.verification("""
                apiVersion: dbmigration.dev/v1alpha1
                kind: MigrationVerification
                metadata: {name: same}
                spec:
                  database: %s
                  container: {image: "app:1", entrypoint: ["true"]}
                """.formatted(Stage.databaseYaml(database, "db")));

        DatabaseMigration migration = stage.awaitPhase("same", "Failed");
        MigrationVerification verification = stage.awaitVerification("same", "Verified");

        assertThat(migration.getStatus().run().exitCode()).isEqualTo(3);
        assertThat(verification.getStatus().run().exitCode()).isZero();
        Set<String> pods =
                stage.pods().stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
        assertThat(pods)
                .containsExactlyInAnyOrder(
                        migration.getStatus().run().pod(),
                        verification.getStatus().run().pod());
    }

    @Test
    void aVerificationOfTheSameNameThatIsNotOursIsLeftAlone() {
        stage.verification("""
                apiVersion: dbmigration.dev/v1alpha1
                kind: MigrationVerification
                metadata: {name: m}
                spec:
                  database: %s
                  container: {image: "app:1", entrypoint: ["true"]}
                """.formatted(Stage.databaseYaml(database, "db")));
        String version = stage.awaitVerification("m", "Verified").getMetadata().getResourceVersion();

        stage.migration(OneFile.inline(
                "m", database, OneFile.COUNTING, "  verify: {checks: [{name: t, table: {name: effect}}]}"));

        DatabaseMigration conflict = stage.awaitPhase("m", "VerificationFailed");
        assertThat(Stage.condition(conflict, "Ready").getReason()).isEqualTo("NameConflict");
        assertThat(Stage.condition(conflict, "Applied").getStatus()).isEqualTo("True");
        assertThat(stage.verificationNamed("m").getMetadata().getResourceVersion())
                .isEqualTo(version);
    }

    @Test
    void aPodOfSomebodyElsesUnderOurNameIsNameConflict() {
        stage.stopOperator();
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        String name = Owner.of(stage.migrationNamed("m")).podName(1, 1);
        stage.client
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(Stage.NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("other")
                        .withImage("app:1")
                        .withCommand("true")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();

        stage.startOperator();

        DatabaseMigration conflict = stage.awaitPhase("m", "Failed");
        assertThat(Stage.condition(conflict, "Applied").getReason()).isEqualTo("NameConflict");
        assertThat(Stage.condition(conflict, "Applied").getMessage()).contains(name);
        assertThat(Ledger.rows(database)).isZero();
    }
}
