package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Image;
import dev.dbmigration.testing.Postgres;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations that lie in an image, which need not hold anything else. */
class ImageSourceTest {

    private static final Image FILES = Image.ofThisMachine()
            .withFiles(Map.of(
                    "/app/migrations/001_t.sql", OneFile.COUNTING,
                    "/app/migrations/002_u.sql", "create table u (n int)",
                    "/app/notes/README", "no migration"));

    private final Stage stage = Stage.open();
    private final Database database = Postgres.shared().newDatabase("image");

    @BeforeEach
    void secret() {
        stage.secretFor(database, "db");
    }

    @AfterEach
    void close() {
        stage.close();
        assertThat(stage.kubelet.failures()).isEmpty();
    }

    @Test
    void itsFilesAreApplied() {
        stage.kubelet.addImage("ehr/app:1", FILES);
        create("/app/migrations", "");

        DatabaseMigration applied = stage.awaitPhase("m", "Applied");

        assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
        assertThat(Ledger.rows(database)).isEqualTo(2);
        assertThat(applied.getStatus().run().attempt()).isEqualTo(1);
    }

    @Test
    void anotherReferenceIsAnotherRunWhichAppliesWhatIsNew() {
        stage.kubelet.addImage("ehr/app:1", FILES);
        create("/app/migrations", "");
        stage.awaitPhase("m", "Applied");

        stage.kubelet.addImage(
                "ehr/app:2",
                FILES.withFiles(Map.of(
                        "/app/migrations/001_t.sql",
                        OneFile.COUNTING,
                        "/app/migrations/003_v.sql",
                        "create table v ()")));
        stage.edit("m", json -> json.replace("ehr/app:1", "ehr/app:2"));

        stage.awaitMigration(
                "m",
                "second run",
                found -> found.getStatus().run().number() == 2
                        && "Applied".equals(found.getStatus().phase()));
        assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
        assertThat(database.query("select to_regclass('v')")).isEqualTo("v");
    }

    @Test
    void anImageThatComesLaterIsWaitedFor() {
        create("/app/migrations", "");
        DatabaseMigration waiting = stage.awaitMigration(
                "m",
                "ImagePullFailed",
                found -> found.getStatus().run() != null
                        && "ImagePullFailed".equals(found.getStatus().run().reason()));
        assertThat(waiting.getStatus().phase()).isEqualTo("Pending");
        assertThat(condition(waiting, "Applied").getMessage()).contains("ehr/app:1");

        stage.kubelet.addImage("ehr/app:1", FILES);

        assertThat(stage.awaitPhase("m", "Applied").getStatus().run().attempt()).isEqualTo(1);
    }

    @Test
    void aFolderThatIsNotInTheImageIsForAPersonToCorrect() {
        stage.kubelet.addImage("ehr/app:1", FILES);
        create("/app/migration", "");

        DatabaseMigration failed = stage.awaitPhase("m", "Failed");
        assertThat(condition(failed, "Applied").getReason()).isEqualTo("InvalidSpec");
        assertThat(condition(failed, "Applied").getMessage())
                .startsWith("image ehr/app:1 has no folder ")
                .endsWith("/app/migration; correct image.path");
        assertThat(condition(failed, "Stalled").getStatus()).isEqualTo("True");
        assertThat(failed.getStatus().run().retries()).isZero();

        stage.edit("m", json -> json.replace("/app/migration\"", "/app/migrations\""));

        stage.awaitPhase("m", "Applied");
    }

    @Test
    void aFolderWithoutMigrationsFailsLikewise() {
        stage.kubelet.addImage("ehr/app:1", FILES);
        create("/app/notes", "");

        DatabaseMigration failed = stage.awaitPhase("m", "Failed");
        assertThat(condition(failed, "Applied").getReason()).isEqualTo("InvalidSpec");
        assertThat(condition(failed, "Applied").getMessage()).contains("no file in", "/app/notes ends in .sql");
        assertThat(Ledger.rows(database)).isZero();
    }

    @Test
    void anOperatorImageWithoutTheProgramIsNamed() {
        stage.kubelet.addImage(Stage.RUNNER, Image.ofThisProject().withFiles(Map.of()));
        stage.kubelet.addImage("ehr/app:1", FILES);
        create("/app/migrations", "  timeouts: {start: 2s}");

        DatabaseMigration failed = stage.awaitPhase("m", "Failed");
        assertThat(condition(failed, "Applied").getReason()).isEqualTo("ContainerConfigError");
        assertThat(condition(failed, "Applied").getMessage())
                .contains("init container copy-program ended with exit code 128 (StartError)");
    }

    private void create(String path, String more) {
        stage.migration(
                OneFile.sources("m", database, "- image: {reference: \"ehr/app:1\", path: " + path + "}", more));
    }
}
