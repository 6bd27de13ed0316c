package dev.dbmigration.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.dbmigration.testing.CommentedSql;
import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of {@code deploy/examples}, moved to a cluster: namespace, database and images that are there stand in for
 * those that it names. Nothing else is changed.
 */
final class Example {

    /** Property with the image that a replay takes for its PostgreSQL. */
    static final String SCRATCH_IMAGE = "e2e.scratch.image";

    private static final Path DIRECTORY = Path.of("deploy/examples");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final List<ObjectNode> documents = new ArrayList<>();

    private Example() {}

    /** The names of all files. */
    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** What its comment tells an owner of the database to run first. */
    static List<String> preparation(String file, Database database) throws IOException {
        return CommentedSql.of(Files.readString(DIRECTORY.resolve(file)), database);
    }

    static Example of(String file, String namespace, Database database, String image) throws IOException {
        Example example = new Example();
        try (MappingIterator<ObjectNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(DIRECTORY.resolve(file).toFile())) {
            while (documents.hasNext()) {
                ObjectNode document = documents.next();
                ((ObjectNode) document.path("metadata")).put("namespace", namespace);
                move(document.path("spec"), database, image);
                example.documents.add(document);
            }
        }
        return example;
    }

    private static void move(JsonNode spec, Database database, String image) {
        if (spec.path("database") instanceof ObjectNode there) {
            there.put("name", database.name());
            // Where the spec is silent, the Secret's host and port count.
            if (there.has("host")) {
                there.put("host", database.host()).put("port", database.port());
            }
        }
        if (spec.at("/verify/checks/0/expectedSchema/scratch") instanceof ObjectNode scratch) {
            scratch.put("image", System.getProperty(SCRATCH_IMAGE));
        }
        if (spec.path("container") instanceof ObjectNode container) {
            container.put("image", image);
        }
        for (JsonNode source : spec.at("/sql/sources")) {
            if (source.path("image") instanceof ObjectNode folder) {
                folder.put("reference", image);
            }
        }
    }

    /** All that the file holds, in its order. */
    List<GenericKubernetesResource> resources() {
        return documents.stream()
                .map(document -> Serialization.unmarshal(document.toString(), GenericKubernetesResource.class))
                .toList();
    }

    /** What becomes of one of its resources: the condition that is True in the end; null: it has none. */
    String promise(GenericKubernetesResource resource) {
        boolean judged = documents.stream().anyMatch(document -> judges(document, resource));
        return switch (resource.getKind()) {
            case "MigrationVerification" -> "Verified";
            case "DatabaseMigration" -> judged ? "Verified" : plans(resource) ? "Finished" : "Applied";
            default -> null;
        };
    }

    private static boolean plans(GenericKubernetesResource migration) {
        return "Plan".equals(migration.get("spec", "sql", "mode"));
    }

    private static boolean judges(ObjectNode document, GenericKubernetesResource migration) {
        String name = migration.getMetadata().getName();
        boolean itself = document.at("/metadata/name").asText().equals(name)
                && document.at("/spec").has("verify");
        return itself || document.at("/spec/migrationRef/name").asText().equals(name);
    }
}
