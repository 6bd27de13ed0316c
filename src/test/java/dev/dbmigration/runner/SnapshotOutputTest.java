package dev.dbmigration.runner;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.snapshot.SnapshotArguments;
import dev.dbmigration.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a snapshot is asked for by words on the command line, and the resources in which it comes. */
class SnapshotOutputTest {

    private static Database some;

    @TempDir
    Path root;

    @BeforeAll
    static void create() {
        some = Snapshots.database(
                "CREATE SCHEMA clinic", "CREATE TABLE clinic.patients (id int PRIMARY KEY, name text)");
    }

    @Test
    void theResourceIsWhatIsAskedFor() {
        Database database = Snapshots.database("CREATE SCHEMA a", "CREATE SCHEMA b", "CREATE DOMAIN a.d AS text");

        Snapshots snapshot = Snapshots.of(
                database,
                "--schema",
                "A",
                "--name",
                "as-it-is",
                "--namespace",
                "ehr",
                "--secret",
                "ehr-db",
                "--search-path",
                "a");

        assertThat(snapshot.names()).containsExactly("schema a", "domain a.d");
        JsonNode resource = snapshot.documents().get(0);
        assertThat(resource.at("/metadata").toString()).isEqualTo("{\"name\":\"as-it-is\",\"namespace\":\"ehr\"}");
        assertThat(resource.at("/spec/database").toString())
                .isEqualTo("{\"host\":\"localhost\",\"port\":" + database.port() + ",\"name\":\"" + database.name()
                        + "\",\"schema\":\"a\",\"secretRef\":{\"name\":\"ehr-db\"}}");
        assertThat(snapshot.out()).doesNotContain("name the Secret");
    }

    @Test
    void whereTheSecretIsNotNamedItIsSaidToBeMissing() {
        Snapshots snapshot = Snapshots.of(some);

        assertThat(snapshot.out())
                .contains("# spec.database.secretRef: name the Secret with the keys username and password.");
        assertThat(snapshot.documents()
                        .get(0)
                        .at("/spec/database/secretRef/name")
                        .asText())
                .isEqualTo("replace-me");
    }

    @Test
    void aSchemaThatIsNotThereIsToldWithTheOneThatMayBeMeant() {
        Snapshots snapshot = Snapshots.of(some, "--schema", "clinics");

        assertThat(snapshot.code()).isEqualTo(1);
        assertThat(snapshot.out()).isEmpty();
        assertThat(snapshot.err()).startsWith("no schema \"clinics\"; did you mean \"clinic\"?");
    }

    @Test
    void anEmptyDatabaseIsSaidToBeEmpty() {
        Database database = Snapshots.database();

        Snapshots snapshot = Snapshots.of(database);

        assertThat(snapshot.code()).isEqualTo(1);
        assertThat(snapshot.out()).isEmpty();
        assertThat(snapshot.err())
                .startsWith("database " + database.name() + " at localhost:" + database.port()
                        + " as postgres holds nothing that a check could describe (is it the right database?");
    }

    @Test
    void aLineInANameIsNoLineOfYaml() {
        Database database =
                Snapshots.database("CREATE TABLE \"a\nkind: Secret\" (a text DEFAULT '" + "x".repeat(1025) + "')");

        Snapshots snapshot = Snapshots.of(database);

        assertThat(snapshot.notes())
                .containsExactly("# - column public.a kind: Secret.a: its default is left out,"
                        + " a check holds 1024 characters at most");
        assertThat(snapshot.documents()).hasSize(1);
    }

    @Test
    void manyChecksAreSeveralResourcesAndATableIsInOne() throws IOException {
        Database database = Snapshots.database("CREATE SCHEMA other");
        for (int i = 10; i < 40; i++) {
            database.execute("CREATE TABLE t%1$d (a int PRIMARY KEY, b int, c int, d int, e int)".formatted(i));
        }
        String columns =
                IntStream.rangeClosed(1, 150).mapToObj(i -> "c" + i + " int").collect(joining(", "));
        database.execute("CREATE TABLE other.wide (" + columns + ")");

        Snapshots snapshot = Snapshots.of(database, "--name", "many");

        snapshot.accepted();
        assertThat(snapshot.documents())
                .extracting(document -> document.at("/metadata/name").asText())
                .containsExactly("many-1", "many-2", "many-3", "many-4", "many-5");
        for (int i = 10; i < 40; i++) {
            String table = "public.t" + i;
            assertThat(snapshot.documents())
                    .filteredOn(document -> document.toString().contains(table))
                    .hasSize(1);
        }
        assertThat(snapshot.checks()).hasSize(5 + 151 + 4 + 30 * 7);
    }

    @Test
    void aNameThatKubernetesDoesNotTakeIsRefused() {
        Snapshots snapshot = Snapshots.of(some, "--name", "Not_A_Name");

        assertThat(snapshot.code()).isEqualTo(1);
        assertThat(snapshot.err()).startsWith("--name is not a name that Kubernetes takes");
    }

    @Test
    void wordsThatAreNotUnderstoodAreNone() {
        assertThat(SnapshotArguments.of(List.of("--schema"))).isEmpty();
        assertThat(SnapshotArguments.of(List.of("--scheme", "a"))).isEmpty();
        assertThat(SnapshotArguments.of(List.of("--schema", "a", "--schema", "b"))
                        .orElseThrow()
                        .schemas())
                .containsExactly("a", "b");
    }

    @Test
    void printsNothingElseOnItsOutput() throws Exception {
        Path errors = root.resolve("errors");
        RunnerProcess runner = new RunnerProcess(root, some, List.of());

        Process process = runner.start(
                builder -> builder.redirectErrorStream(false).redirectError(errors.toFile()), "runner", "snapshot");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(errors).isEmptyFile();
        assertThat(runner.output()).isEqualTo(Snapshots.of(some).out());
    }

    @Test
    void theDocumentedPodAsksForOne() throws IOException {
        String page = Files.readString(Path.of("docs/checks.md"));
        String yaml =
                page.substring(page.indexOf("## Starting from a database")).split("```(yaml)?")[1];
        JsonNode container = new YAMLMapper().readTree(yaml).at("/spec/containers/0");
        List<String> words = new ArrayList<>();
        container.path("args").forEach(word -> words.add(word.asText()));
        Map<String, String> variables = new HashMap<>();
        container
                .path("env")
                .forEach(each -> variables.put(
                        each.path("name").asText(), each.path("value").asText("x")));

        assertThat(words).startsWith("runner", "snapshot");
        assertThat(SnapshotArguments.of(words.subList(2, words.size()))).isPresent();
        assertThat(Environment.of(variables)).hasToString("database ehr at ehr-db.ehr.svc:5432 as x");
        assertThat(Environment.of(variables).password()).isEqualTo("x");
    }
}
