package dev.dbmigration.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a file of YAML documents wants to be there, in its order. Unknown fields are refused, as kubectl does. */
record Manifests(Path file, List<HasMetadata> resources) {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "DatabaseMigration", DatabaseMigration.class,
            "MigrationVerification", MigrationVerification.class,
            "ConfigMap", ConfigMap.class,
            "Secret", Secret.class);

    static Manifests read(Path file) {
        if (!Files.isReadable(file)) {
            throw new Refused("There is no manifest at " + file + "; -Dmanifests=a.yaml,b.yaml names others.");
        }
        List<HasMetadata> resources = new ArrayList<>();
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (!document.isNull()) {
                    resources.add(resource(file, document));
                }
            }
        } catch (JsonProcessingException e) {
            throw new Refused(file + " is not YAML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Refused(file + " cannot be read: " + e.getMessage());
        }
        return new Manifests(file, resources);
    }

    private static HasMetadata resource(Path file, JsonNode document) {
        String kind = document.path("kind").asText();
        String name = document.at("/metadata/name").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null || name.isEmpty()) {
            throw new Refused(file + ": each document needs a name, and a kind out of "
                    + String.join(", ", KINDS.keySet().stream().sorted().toList()) + "; here is \"" + kind + "\".");
        }
        try {
            HasMetadata resource = new ObjectMapper()
                    .readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(document);
            if (resource.getMetadata().getNamespace() == null) {
                resource.getMetadata().setNamespace("default");
            }
            return resource;
        } catch (JsonProcessingException e) {
            throw new Refused(file + ": " + kind + " " + name + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> Stream<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast);
    }
}
