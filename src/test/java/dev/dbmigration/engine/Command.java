package dev.dbmigration.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param words the program and its arguments
 * @param environment variables beside those that this process has
 */
record Command(List<String> words, Map<String, String> environment) {

    /** A program on the JVM that runs this, by a class path of its own and with the JVM's defaults. */
    static Command java(String classPath, Map<String, String> environment, String... mainAndArguments) {
        List<String> words = new ArrayList<>(List.of(javaProgram(), "-cp", classPath));
        words.addAll(List.of(mainAndArguments));
        return new Command(words, environment);
    }

    /** The {@code java} of the JVM that runs this. */
    static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
