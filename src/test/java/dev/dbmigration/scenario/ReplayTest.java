package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.CheckStatus;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A verification replays what its migration has applied, whatever its ConfigMap holds by now. */
class ReplayTest extends Scenario {

    private final Postgres beside = Postgres.start();

    /** The kubelet runs no second container, so another server is where it would be. */
    @BeforeEach
    void scratch() {
        beside.admin().execute("CREATE ROLE dbmigration_scratch LOGIN SUPERUSER");
        stage.kubelet.override("DBMIGRATION_SCRATCH_HOST", beside.admin().host());
        stage.kubelet.override("DBMIGRATION_SCRATCH_PORT", String.valueOf(beside.port()));
    }

    @AfterEach
    void stop() {
        beside.close();
    }

    @Test
    void driftIsNamedAndWhatWasAppliedIsKept() {
        stage.configMap("files", Map.of("001_t.sql", "create table t (id int, note text);"));
        stage.migration(migration("sql: {sources: [{inline: {name: 000_s.sql, content: create schema s;}},"
                + " {configMap: {name: files}}]}"));
        stage.verification(verification());

        CheckStatus made = check(stage.awaitVerification("proof", "Verified"));
        assertThat(made.observed()).matches("\\d+ objects as the files make them");
        Pod pod = stage.pods().stream()
                .filter(each -> each.getMetadata().getName().startsWith("proof"))
                .findFirst()
                .orElseThrow();
        assertThat(pod.getSpec().getContainers()).extracting("name").containsExactly("migration", "scratch");

        stage.changeConfigMap("files", "001_t.sql", "create table t (id bigint);");
        database.execute("alter table t drop column note");
        stage.requestVerification("proof", "now");

        CheckStatus drift = check(stage.awaitVerification("proof", "VerificationFailed"));
        assertThat(drift.result()).isEqualTo("Failed");
        assertThat(drift.observed()).isEqualTo("1 difference: missing column public.t.note");
    }

    @Test
    void aContainerHasNoFilesToReplay() {
        stage.migration(migration("container: {image: 'app:1', entrypoint: ['true']}"));
        stage.awaitPhase("m", "Applied");
        stage.verification(verification());

        MigrationVerification refused = stage.awaitVerification("proof", "Unknown");

        assertThat(Stage.condition(refused, "Verified").getMessage())
                .contains("expectedSchema replays sql files, and DatabaseMigration m has none");
    }

    private static CheckStatus check(MigrationVerification verification) {
        return verification.getStatus().checks().get(0);
    }

    private String migration(String work) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: m}
                spec:
                  database: %s
                  %s
                """.formatted(Stage.databaseYaml(database, "db"), work);
    }

    private static String verification() {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: MigrationVerification
                metadata: {name: proof}
                spec:
                  migrationRef: {name: m}
                  checks:
                    - name: made by its files
                      expectedSchema: {scratch: {image: "postgres:17"}}
                """;
    }
}
