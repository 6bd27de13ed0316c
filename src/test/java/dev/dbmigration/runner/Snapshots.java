package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.api.Refusals;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.LogFormat;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.TerminationMessage;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.snapshot.SnapshotArguments;
import dev.dbmigration.runner.snapshot.SnapshotTask;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code runner snapshot} has printed.
 *
 * @param out on its standard output
 * @param err on the other
 */
record Snapshots(int code, String out, String err) {

    private static final ObjectMapper YAML = new YAMLMapper();

    /** Of this database, with these words on the command line. */
    static Snapshots of(Database database, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        RunLog log = new RunLog(LogFormat.plain, print(err), Clock.systemUTC());
        SnapshotArguments arguments = SnapshotArguments.of(Arrays.asList(words)).orElseThrow();
        int code = new SnapshotTask(print(out), log, new Stop()).run(arguments, database.environment());
        return new Snapshots(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A database in which these statements have run. */
    static Database database(String... statements) {
        Database database = Postgres.shared().newDatabase("snapshot");
        for (String statement : statements) {
            database.execute(statement);
        }
        return database;
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    List<JsonNode> documents() {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(out)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(out, e);
        }
    }

    /** Of all documents. */
    List<Check> checks() {
        return documents().stream()
                .flatMap(document -> checks(document).stream())
                .toList();
    }

    static List<Check> checks(JsonNode document) {
        return Arrays.asList(YAML.convertValue(document.at("/spec/checks"), Check[].class));
    }

    /** What its comments tell of what was left out. */
    List<String> notes() {
        return out.lines().filter(line -> line.startsWith("# - ")).toList();
    }

    /** Holds that a server would take each document, beside the others. */
    void accepted() throws IOException {
        assertThat(documents()).isNotEmpty();
        for (JsonNode document : documents()) {
            assertThat(Refusals.of(document)).isEmpty();
        }
        assertThat(documents())
                .extracting(document -> document.at("/metadata/name").asText())
                .doesNotHaveDuplicates();
        assertThat(names()).doesNotHaveDuplicates().allMatch(name -> name.length() <= 128);
    }

    List<String> names() {
        return checks().stream().map(Check::name).toList();
    }

    /** The fields of the check of this name, without it. */
    JsonNode check(String name) {
        Check check = checks().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + names()));
        return YAML.<JsonNode>valueToTree(check).get(name.substring(0, name.indexOf(' ')));
    }

    /** What {@code runner verify} finds of these checks; {@code root}: an empty directory. */
    static Report verify(Database database, List<Check> checks, Path root) {
        RunInput input = new RunInput(
                RunInput.SCHEMA_VERSION,
                new RunInput.ResourceName("MigrationVerification", "ehr", "snapshot"),
                1,
                "sha256:0",
                1 << 20,
                new RunInput.Session(null, null, 30_000L),
                null,
                checks);
        try {
            Path file = root.resolve(RunInput.FILE);
            Files.createDirectories(file.getParent());
            new ObjectMapper().writeValue(file.toFile(), input);
            Map<String, String> variables = new HashMap<>(database.environment());
            variables.put("DBMIGRATION_REPORT_PATH", root.resolve("report").toString());
            RunLog log = new RunLog(LogFormat.plain, print(new ByteArrayOutputStream()), Clock.systemUTC());
            new Runner(variables, log, new Stop(), System::nanoTime).run("verify", root);
            return TerminationMessage.decode(Files.readString(root.resolve("report")))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
