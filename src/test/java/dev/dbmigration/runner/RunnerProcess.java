package dev.dbmigration.runner;

import dev.dbmigration.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The program as the pod starts it, a process of its own.
 *
 * @param root where its output and its report go
 * @param options of its JVM
 */
record RunnerProcess(Path root, Database database, List<String> options) {

    Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** With variables beside those of the database. */
    Process start(Map<String, String> variables, String... arguments) throws IOException {
        return start(builder -> builder.environment().putAll(variables), arguments);
    }

    /** With a change to how it is started. */
    Process start(Consumer<ProcessBuilder> change, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.dbmigration.Main"));
        command.addAll(List.of(arguments));
        command.addAll(1, options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(root.resolve("output").toFile());
        builder.environment().putAll(database.environment());
        builder.environment()
                .put("DBMIGRATION_REPORT_PATH", root.resolve("report").toString());
        change.accept(builder);
        return builder.start();
    }

    /** What it has said so far. */
    String output() throws IOException {
        return Files.readString(root.resolve("output"));
    }
}
