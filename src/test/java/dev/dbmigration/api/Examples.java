package dev.dbmigration.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The resources of our kinds in {@code deploy/examples}. */
public final class Examples {

    private static final Path DIRECTORY = Path.of("deploy/examples");
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Examples() {}

    /** Specs of one kind; a field that the type does not know is an error. */
    public static <T> List<Named<T>> specs(String kind, Class<T> type) {
        return of(kind).stream()
                .map(example -> Named.of(example.getName(), parse(example.getPayload(), type)))
                .toList();
    }

    static List<Named<JsonNode>> of(String kind) {
        List<Named<JsonNode>> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                MappingIterator<JsonNode> documents =
                        STRICT.readerFor(JsonNode.class).readValues(file.toFile());
                documents.forEachRemaining(document -> {
                    if (document.path("kind").asText().equals(kind)) {
                        found.add(Named.of(file.getFileName().toString(), document));
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static <T> T parse(JsonNode resource, Class<T> type) {
        try {
            return STRICT.treeToValue(resource.path("spec"), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
