package dev.dbmigration.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The directory for temporary files of all parts, which goes when they have gone. */
record Scratch(Path directory) implements AutoCloseable {

    private static final int SECONDS_TO_DIE = 10;

    /** To be made before any temporary file: the JDK asks for the directory of those only once. */
    static Scratch create() throws IOException {
        String name = "dbmigration-quickstart-" + ProcessHandle.current().pid();
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), name).toAbsolutePath();
        Files.createDirectory(directory);
        System.setProperty("java.io.tmpdir", directory.toString());
        return new Scratch(directory);
    }

    @Override
    public void close() throws IOException {
        // A pod that was killed writes here until it is dead.
        ProcessHandle.current()
                .descendants()
                .forEach(pod ->
                        pod.onExit().orTimeout(SECONDS_TO_DIE, TimeUnit.SECONDS).join());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
