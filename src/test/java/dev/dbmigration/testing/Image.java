package dev.dbmigration.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an image does when it is run: its entrypoint, which {@code command} replaces, and its default arguments.
 *
 * @param files content by absolute path; a script among them can be run
 */
public record Image(List<String> entrypoint, List<String> arguments, Map<String, String> files) {

    /** An image without an entrypoint: the container must bring its command, found on this machine's PATH. */
    public static Image ofThisMachine() {
        return new Image(List.of(), List.of(), Map.of());
    }

    public static Image withEntrypoint(String... entrypoint) {
        return new Image(List.of(entrypoint), List.of(), Map.of());
    }

    public Image withFiles(Map<String, String> content) {
        return new Image(entrypoint, arguments, Map.copyOf(content));
    }

    /** This project's image: its {@code Main}, from the classes under test, and a stand-in for its copying program. */
    public static Image ofThisProject() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return withEntrypoint(
                        java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, "dev.dbmigration.Main")
                .withFiles(Map.of("/app/copy", CopyProgram.standIn()));
    }

    /** The command line: {@code command} drops entrypoint and default arguments, {@code args} only the latter. */
    List<String> commandLine(List<String> command, List<String> args) {
        List<String> line = new ArrayList<>(command.isEmpty() ? entrypoint : command);
        line.addAll(command.isEmpty() && args.isEmpty() ? arguments : args);
        return line;
    }
}
