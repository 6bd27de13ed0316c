package dev.dbmigration.quickstart;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What Maven runs: starts the quickstart in a process of its own, with the class path that Maven found, and ends Maven
 * with its exit code. Maven itself would put forty lines of its own between a failure and the prompt.
 */
public final class Launch {

    private static final int SECONDS_TO_STOP = 30;

    private Launch() {}

    /** Hands its arguments on. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                Quickstart.class.getName()));
        command.addAll(List.of(args));
        Process quickstart = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(quickstart)));
        int exitCode = quickstart.waitFor();
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Ctrl-C reaches both processes; the prompt comes back when the quickstart has cleaned up. */
    private static void stop(Process quickstart) {
        quickstart.destroy();
        try {
            quickstart.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String classPath() {
        if (Launch.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(Launch::path).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }
}
