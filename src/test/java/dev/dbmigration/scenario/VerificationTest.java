package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.CheckStatus;
import org.junit.jupiter.api.Test;

/** A verification judges each applied run of a migration, and both resources say what it found. */
class VerificationTest extends Scenario {

    @Test
    void aFailedCheckTurnsBothFalseAndAPassAfterTheFixTurnsBothTrue() {
        stage.migration(migration("create table t (id int not null);"));
        stage.verification(verification("t.id accepts null", "column: {table: t, name: id, nullable: true}"));

        MigrationVerification failed = stage.awaitVerification("proof", "VerificationFailed");
        CheckStatus check = failed.getStatus().checks().get(0);
        assertThat(check.name()).isEqualTo("t.id accepts null");
        assertThat(check.result()).isEqualTo("Failed");
        assertThat(check.expected()).contains("nullable");
        assertThat(check.observed()).contains("NOT NULL");
        assertThat(condition(failed, "Verified").getStatus()).isEqualTo("False");
        assertThat(condition(failed, "Verified").getReason()).isEqualTo("ChecksFailed");
        assertThat(condition(failed, "Verified").getMessage()).contains("t.id accepts null");
        DatabaseMigration migration = stage.awaitMigration(
                "m",
                "Verified False",
                found -> condition(found, "Verified").getStatus().equals("False"));
        assertThat(condition(migration, "Verified").getReason()).isEqualTo("ChecksFailed");
        // Only spec.verify keeps a migration from being ready.
        assertThat(condition(migration, "Ready").getStatus()).isEqualTo("True");

        database.execute("alter table t alter column id drop not null");
        stage.requestVerification("proof", "now");

        MigrationVerification passed = stage.awaitVerification("proof", "Verified");
        assertThat(passed.getStatus().run().number()).isEqualTo(2);
        assertThat(passed.getStatus().progress()).isEqualTo("1/1");
        stage.awaitMigration(
                "m",
                "Verified True",
                found -> condition(found, "Verified").getStatus().equals("True"));
        assertThat(stage.eventReasons("MigrationVerification", "proof"))
                .containsExactly("RunStarted", "VerificationFailed", "RunStarted", "Verified");
    }

    @Test
    void aPassOfAnEarlierRunNeverCountsForALaterOne() {
        stage.migration(migration("create table t (id int);"));
        stage.verification(verification("t is there", "table: {name: t}"));
        stage.awaitVerification("proof", "Verified");
        stage.awaitMigration(
                "m",
                "verified",
                found -> condition(found, "Verified").getStatus().equals("True"));

        stage.kubelet.pause();
        stage.requestRun("m", "again");
        stage.kubelet.resume();
        DatabaseMigration second = stage.awaitMigration(
                "m",
                "second run judged",
                found -> found.getStatus().run().number() == 2
                        && condition(found, "Verified").getStatus().equals("True"));

        assertThat(second.getStatus().summary().alreadyApplied()).isEqualTo(1);
        MigrationVerification proof = stage.verificationNamed("proof");
        assertThat(proof.getStatus().migration().run()).isEqualTo(2);
        assertThat(proof.getStatus().run().number()).isEqualTo(2);
    }

    @Test
    void whileALaterRunIsUnderWayTheVerdictIsOpen() {
        stage.migration(migration("create table t (id int);"));
        stage.verification(verification("t is there", "table: {name: t}"));
        stage.awaitMigration(
                "m",
                "verified",
                found -> condition(found, "Verified").getStatus().equals("True"));

        stage.kubelet.holdExits();
        stage.requestRun("m", "again");

        DatabaseMigration running = stage.awaitPhase("m", "Running");
        assertThat(condition(running, "Verified").getStatus()).isEqualTo("Unknown");
        stage.awaitVerification("proof", "Pending");
        stage.kubelet.releaseExits();
        stage.awaitVerification("proof", "Verified");
    }

    @Test
    void aVerificationWaitsForItsMigrationAndMayComeFirst() {
        stage.verification(verification("t is there", "table: {name: t}"));
        MigrationVerification waiting = stage.awaitVerification("proof", "Pending");
        assertThat(condition(waiting, "Verified").getMessage()).contains("m does not exist");

        stage.migration(migration("create table t (id int);"));

        stage.awaitVerification("proof", "Verified");
    }

    @Test
    void aContainerThatExitsWithZeroIsAPass() {
        stage.verification(container("exit 0"));

        assertThat(condition(stage.awaitVerification("proof", "Verified"), "Verified")
                        .getReason())
                .isEqualTo("Passed");
    }

    @Test
    void aContainerThatExitsWithAnythingElseIsNot() {
        stage.verification(container("exit 4"));

        MigrationVerification failed = stage.awaitVerification("proof", "VerificationFailed");
        assertThat(condition(failed, "Verified").getReason()).isEqualTo("ChecksFailed");
        assertThat(failed.getStatus().run().exitCode()).isEqualTo(4);
    }

    @Test
    void aCheckThatCannotBeRunIsUnknown() {
        stage.migration(migration("create table t (id int);"));
        stage.verification(verification("sum", "query: {sql: select nothing from nowhere, equals: '1'}"));

        MigrationVerification unknown = stage.awaitVerification("proof", "Unknown");
        assertThat(condition(unknown, "Verified").getStatus()).isEqualTo("Unknown");
        assertThat(condition(unknown, "Verified").getReason()).isEqualTo("CheckError");
        assertThat(unknown.getStatus().checks().get(0).result()).isEqualTo("Error");
    }

    private String migration(String sql) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: m}
                spec:
                  database: %s
                  sql:
                    sources:
                      - inline: {name: 001_t.sql, content: "%s"}
                """.formatted(Stage.databaseYaml(database, "db"), sql);
    }

    private static String verification(String name, String check) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: MigrationVerification
                metadata: {name: proof}
                spec:
                  migrationRef: {name: m}
                  checks:
                    - name: %s
                      %s
                """.formatted(name, check);
    }

    private String container(String script) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: MigrationVerification
                metadata: {name: proof}
                spec:
                  database: %s
                  container: {image: "app:1", entrypoint: [sh, -c], args: ["%s"]}
                """.formatted(Stage.databaseYaml(database, "db"), script);
    }
}
