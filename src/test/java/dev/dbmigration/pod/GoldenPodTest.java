package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.dbmigration.api.v1alpha1.Container.PullPolicy;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.PodSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is made for an attempt, object by object, as {@code golden/pods} has it. */
class GoldenPodTest {

    private static final String REPAIR = "mvn -q test -Dtest=GoldenPodTest -Dgolden.write=true";
    private static final Path GOLDEN = Path.of("src/test/resources/golden/pods");
    private static final RunnerImage IMAGE = new RunnerImage("dbmigration-operator:1.0.0", PullPolicy.IfNotPresent);
    private static final ObjectMapper SORTED = new ObjectMapper(new YAMLFactory()
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final String START = "2026-11-20T08:00:00Z";

    @Test
    void sql() throws IOException {
        DatabaseMigration migration = resource("sql", DatabaseMigration.class);
        Snapshot copy = new Snapshot(Map.of("003_more.sql", "select 3;\n", "README", "no file of ours"), Map.of());
        compare(
                "sql",
                migration,
                new SqlWork(migration.getSpec(), List.of(copy), IMAGE),
                migration.getSpec().pod());
    }

    @Test
    void images() throws IOException {
        DatabaseMigration migration = resource("images", DatabaseMigration.class);
        compare(
                "images",
                migration,
                new SqlWork(migration.getSpec(), List.of(), IMAGE),
                migration.getSpec().pod());
    }

    @Test
    void container() throws IOException {
        DatabaseMigration migration = resource("container", DatabaseMigration.class);
        compare(
                "container",
                migration,
                ContainerWork.of(migration.getSpec()),
                migration.getSpec().pod());
    }

    @Test
    void checks() throws IOException {
        MigrationVerification verification = resource("checks", MigrationVerification.class);
        Work work = new ChecksWork(verification.getSpec().database(), verification.getSpec(), IMAGE);
        compare("checks", verification, work, verification.getSpec().pod());
    }

    @Test
    void expectedSchema() throws IOException {
        MigrationVerification verification = resource("expected-schema", MigrationVerification.class);
        DatabaseMigration migration = resource("expected-schema/migration.yaml", DatabaseMigration.class);
        Snapshot copy = new Snapshot(Map.of("003_more.sql", "select 3;\n"), Map.of());
        ChecksWork.AppliedFiles files = new ChecksWork.AppliedFiles("note-status", migration.getSpec(), List.of(copy));
        Work work = new ChecksWork(migration.getSpec().database(), verification.getSpec(), IMAGE, files);
        compare("expected-schema", verification, work, verification.getSpec().pod());
    }

    private static void compare(String name, HasMetadata resource, Work work, PodSettings settings) throws IOException {
        AttemptTemplate template = new AttemptTemplate(Owner.of(resource), "sha256:inputs", work, settings);
        List<HasMetadata> made = new ArrayList<>(template.snapshots(2));
        made.add(template.pod(2, 1, START, "again"));
        String text = made.stream().map(GoldenPodTest::text).collect(Collectors.joining());
        Path golden = GOLDEN.resolve(name).resolve("made.yaml");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, text);
        }
        assertThat(text)
                .as("%s differs; if it should, repair it with: %s", golden, REPAIR)
                .isEqualTo(Files.readString(golden));
    }

    /** Members in order of their names, since those of a map come in any order. */
    private static String text(HasMetadata object) {
        try {
            return SORTED.writeValueAsString(Serialization.unmarshal(Serialization.asYaml(object), Map.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T extends HasMetadata> T resource(String name, Class<T> type) throws IOException {
        Path file = GOLDEN.resolve(name.endsWith(".yaml") ? name : name + "/resource.yaml");
        return Serialization.unmarshal(Files.readString(file), type);
    }
}
