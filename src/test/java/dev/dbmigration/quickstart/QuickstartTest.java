package dev.dbmigration.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class QuickstartTest {

    private static final Path EXAMPLE = Path.of("deploy", "examples", "01-draft-fields-nullable.yaml");

    @TempDir
    Path files;

    @TempDir
    Path temporary;

    /** How a process ended, and what it said on both streams. */
    private record Ended(int exitCode, String output) {}

    @Test
    void theExampleIsAppliedVerifiedAndProved() throws Exception {
        Ended ended = run(Quickstart.class, EXAMPLE);

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("DatabaseMigration ehr/draft-fields-nullable created")
                .containsPattern("make_draft_fields_nullable.sql statement 3, line 3: OK, \\d+ ms")
                .containsPattern("condition +dbm/draft-fields-nullable +Applied=True .* 1 file: 1 applied")
                .containsPattern("condition +dbm/draft-fields-nullable +Verified=True .* 3 checks passed")
                .containsPattern("event +mver/draft-fields-nullable +Verified: 3 checks passed")
                .containsPattern(
                        "Passed +dueDate accepts null\n +expected +type timestamp .*nullable\n +observed +type")
                .containsPattern("NAME +PHASE +PROGRESS +VERIFIED +REASON +AGE\n"
                        + "draft-fields-nullable +Verified +1/1 +True +Verified ")
                .containsPattern(
                        "NAME +PHASE +CHECKS +REASON +LAST +AGE\ndraft-fields-nullable +Verified +3/3 +Passed ")
                .contains("is saved", "The 1,000 notes of before are still there", "All is as it should be")
                .doesNotContain("WARN", "ERROR", "Exception", "dbmigration-report");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aWrongTableNameEndsWithTheHintAndNotWithZero() throws Exception {
        Path manifest = written(
                "wrong.yaml", Files.readString(EXAMPLE).replace("TABLE clinical_notes", "TABLE \"ClinicalNote\""));

        Ended ended = run(Quickstart.class, manifest);

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output())
                .containsPattern("file +20251119_make_draft_fields_nullable.sql")
                .containsPattern("statement +1\n +line +1\n +reason +UndefinedObject\n +SQLSTATE +42P01")
                .contains("hint       did you mean \"clinical_notes\"?")
                .contains("dbm/draft-fields-nullable is not Ready: UndefinedObject")
                .doesNotContain("is saved", "All is as it should be");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aProgramOfTheUsersRunsWithTheSecretOfTheManifest() throws Exception {
        Path manifest = written("container.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: mine}
                stringData: {user: me, password: anything, dbname: shop, uri: "postgres://me@db.example.com/shop"}
                ---
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: by-hand}
                spec:
                  database: {role: ours, secretRef: {name: mine}, secretKeys: {username: user}}
                  container: {image: "shop:1", entrypoint: [sh, -c, "echo I am $PGUSER of $PGDATABASE at $PGHOST, ${DATABASE_URL:-no URL}; exit $0", "3"]}
                """);

        Ended ended = run(Quickstart.class, manifest);

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "database shop, empty",
                        "role me",
                        "role ours",
                        "left out  key uri of Secret mine",
                        "image shop:1 is this machine")
                .containsPattern("pod +dbm/by-hand +I am me of shop at localhost, no URL")
                .contains("dbm/by-hand is not Ready: ContainerFailed");
    }

    @Test
    void anImageThatIsNotHereStandsForItsMigrations() throws Exception {
        Ended ended = run(Quickstart.class, Path.of("deploy", "examples", "06-image-source.yaml"));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("/app/migrations/stand_in.sql in image ehr/app:1.42");
    }

    @Test
    void theEmbeddedServerServesAsScratch() throws Exception {
        Ended ended = run(Quickstart.class, Path.of("deploy", "examples", "15-expected-schema.yaml"));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("the scratch server of expectedSchema is the embedded PostgreSQL too")
                .containsPattern("observed +\\d+ objects as the files make them");
    }

    @Test
    void whatKubectlRefusesIsRefused() throws Exception {
        Path manifest = written("unknown.yaml", Files.readString(EXAMPLE).replace("checks:", "cheques:"));

        Ended ended = run(Quickstart.class, manifest);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("DatabaseMigration draft-fields-nullable: ", "cheques");
    }

    @Test
    void theLaunchHasTheExitCodeOfTheQuickstart() throws Exception {
        Ended ended = run(Launch.class, files.resolve("missing.yaml"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("There is no manifest at ").doesNotContain("Exception");
    }

    private Path written(String name, String manifest) throws IOException {
        return Files.writeString(files.resolve(name), manifest);
    }

    private Ended run(Class<?> program, Path manifest) throws IOException, InterruptedException {
        Path output = files.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        program.getName(),
                        manifest.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int exitCode = process.waitFor();
            return new Ended(exitCode, Files.readString(output));
        } finally {
            process.destroy();
        }
    }
}
