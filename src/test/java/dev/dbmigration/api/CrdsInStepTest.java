package dev.dbmigration.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed definitions are those of the Java types. */
class CrdsInStepTest {

    @Test
    void committedDefinitionsAreThoseOfTheTypes() throws IOException {
        Map<String, String> made = Crds.generate();
        if (Boolean.getBoolean("crds.write")) {
            Files.createDirectories(Crds.DIRECTORY);
            for (Map.Entry<String, String> file : made.entrySet()) {
                Files.writeString(Crds.DIRECTORY.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(committed())
                .as("%s differs from the types; repair it with: %s", Crds.DIRECTORY, Crds.REPAIR)
                .isEqualTo(made);
    }

    private static Map<String, String> committed() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(Crds.DIRECTORY)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }
}
