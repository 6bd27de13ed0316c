package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.pod.Marks;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Image;
import dev.dbmigration.testing.Interception;
import dev.dbmigration.testing.Interceptor;
import dev.dbmigration.testing.Postgres;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is missing is named, waited for, and the run goes on by itself when it comes. */
class LateArrivalsTest {

    private final Stage stage = Stage.open();
    private final Database database = Postgres.shared().newDatabase("late");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theSecret() {
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        waitsFor("SecretNotFound", "db");

        stage.secretFor(database, "db");

        runsByItself();
    }

    @Test
    void aKeyOfTheSecret() {
        stage.secret("db", Map.of("username", database.user()));
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        waitsFor("SecretNotFound", "password");

        stage.client.secrets().inNamespace(Stage.NAMESPACE).withName("db").edit(secret -> {
            secret.setStringData(Map.of("password", database.password()));
            return secret;
        });

        runsByItself();
    }

    @Test
    void theConfigMap() {
        stage.secretFor(database, "db");
        stage.migration(OneFile.sources("m", database, "- configMap: {name: files}", ""));
        waitsFor("SourceNotFound", "files");
        assertThat(stage.pods()).isEmpty();

        stage.configMap("files", Map.of("001_t.sql", OneFile.COUNTING));

        runsByItself();
    }

    @Test
    void aCopyThatSomebodyDeletesIsMadeAnewWithTheNextPod() {
        stage.secretFor(database, "db");
        stage.kubelet.markUnschedulable(true);
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        await().until(() -> !stage.pods().isEmpty());
        stage.client
                .configMaps()
                .inNamespace(Stage.NAMESPACE)
                .withLabel(Marks.KIND)
                .delete();
        stage.kubelet.markUnschedulable(false);

        runsByItself();
        assertThat(stage.migrationNamed("m").getStatus().run().attempt()).isEqualTo(2);
        assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
    }

    @Test
    void theSecretThatHoldsFiles() {
        stage.secretFor(database, "db");
        stage.migration(OneFile.sources("m", database, "- secret: {name: files}", ""));
        waitsFor("SecretNotFound", "files");

        stage.secret("files", Map.of("001_t.sql", OneFile.COUNTING));

        runsByItself();
    }

    @Test
    void theImage() {
        stage.secretFor(database, "db");
        stage.migration(OneFile.container("m", database, "true").replace("app:1", "app:2"));
        waitsFor("ImagePullFailed", "app:2");

        stage.kubelet.addImage("app:2", Image.ofThisMachine());

        runsByItself();
    }

    @Test
    void aNode() {
        stage.secretFor(database, "db");
        stage.kubelet.markUnschedulable(true);
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        waitsFor("Unschedulable", "nodes");

        stage.kubelet.markUnschedulable(false);

        runsByItself();
    }

    @Test
    void quota() {
        stage.secretFor(database, "db");
        Interception quota = stage.api.intercept(
                request -> request.creates("pods"),
                Interceptor.refuse(403, "Forbidden", "pods \"m\" is forbidden: exceeded quota: pods, used: pods=4"));
        stage.migration(OneFile.container("m", database, "true"));
        waitsFor("PodRejected", "exceeded quota");

        quota.close();

        runsByItself();
    }

    @Test
    void whatDoesNotComeInTimeEndsTheRunOnceThePodIsGone() {
        stage.migration(OneFile.container("m", database, "true") + "  timeouts: {start: 2s}\n");

        DatabaseMigration failed = stage.awaitPhase("m", "Failed");

        assertThat(condition(failed, "Applied").getReason()).isEqualTo("SecretNotFound");
        assertThat(condition(failed, "Stalled").getStatus()).isEqualTo("True");
        assertThat(stage.pods()).isEmpty();
    }

    @Test
    void aSourceThatVanishesAfterItsRunChangesNothing() {
        stage.secretFor(database, "db");
        stage.configMap("files", Map.of("001_t.sql", OneFile.COUNTING));
        stage.watched("files");
        stage.migration(OneFile.sources("m", database, "- configMap: {name: files}", ""));
        String version = stage.awaitPhase("m", "Applied").getMetadata().getResourceVersion();

        stage.client.configMaps().inNamespace(Stage.NAMESPACE).withName("files").delete();
        stage.lookAgain();

        assertThat(stage.migrationNamed("m").getMetadata().getResourceVersion()).isEqualTo(version);

        stage.edit("m", json -> json.replace("\"historyLimit\":10", "\"historyLimit\":9"));
        DatabaseMigration edited = stage.awaitMigration(
                "m", "edit seen", found -> found.getStatus().observedGeneration() == 2);
        assertThat(edited.getStatus().phase()).isEqualTo("Applied");
        assertThat(edited.getStatus().run().number()).isEqualTo(1);

        stage.edit("m", json -> json.replace("\"sources\":[", "\"sources\":[{\"secret\":{\"name\":\"more\"}},"));
        waitsFor("SourceNotFound", "files");
    }

    private void waitsFor(String reason, String what) {
        DatabaseMigration waiting = stage.awaitMigration(
                "m",
                reason,
                found -> found.getStatus().run() != null
                        && reason.equals(found.getStatus().run().reason()));
        assertThat(waiting.getStatus().phase()).isEqualTo("Pending");
        assertThat(condition(waiting, "Applied").getStatus()).isEqualTo("Unknown");
        assertThat(condition(waiting, "Applied").getReason()).isEqualTo(reason);
        assertThat(condition(waiting, "Applied").getMessage()).contains(what);
        assertThat(condition(waiting, "Reconciling").getStatus()).isEqualTo("True");
        await().until(() -> stage.eventReasons("DatabaseMigration", "m").contains("Blocked"));
    }

    private void runsByItself() {
        DatabaseMigration done = stage.awaitPhase("m", "Applied");
        assertThat(done.getStatus().run().number()).isEqualTo(1);
        assertThat(done.getStatus().run().retries()).isZero();
    }
}
