package dev.dbmigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What this project's POM says of the image, as the benchmark reads it. */
class EntrypointTest {

    @Test
    void isTheImagesWithThisMachinesJvmJarAndArchive() throws IOException {
        Entrypoint image = Entrypoint.of(Path.of("pom.xml"));

        Entrypoint here = image.with(Path.of("built/app.jar"), Path.of("made/classes.jsa"));

        assertThat(here.words())
                .hasSameSizeAs(image.words())
                .startsWith(Command.javaProgram(), "-XX:SharedArchiveFile=made/classes.jsa")
                .contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .endsWith("-cp", "built/app.jar", "dev.dbmigration.Main")
                .noneMatch(word -> word.contains("/app/") || word.contains("${"));
        assertThat(here.environment()).containsEntry("MALLOC_ARENA_MAX", "2");
    }
}
