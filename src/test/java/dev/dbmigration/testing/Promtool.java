package dev.dbmigration.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prometheus' own judge of metrics and rules, beside the {@code prometheus} that {@code -De2e.prometheus=PATH} names, or
 * on the PATH.
 */
public final class Promtool {

    private Promtool() {}

    /** Whether there is one to ask. */
    public static boolean isThere() {
        Stream<Path> places = named().isAbsolute()
                ? Stream.of(named())
                : Arrays.stream(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "promtool"));
        return places.anyMatch(Files::isExecutable);
    }

    /** The server that promtool lies beside, as a command. */
    public static String prometheus() {
        return System.getProperty("e2e.prometheus", "prometheus");
    }

    /** All complaints about a scrape in Prometheus' text format; empty where there are none. */
    public static String complaintsAbout(String scrape) {
        return complaints(scrape, List.of("check", "metrics"));
    }

    /** All complaints about files of rules, or of tests of rules; empty where there are none. */
    public static String complaints(String verb, String noun, Path file) {
        return complaints("", List.of(verb, noun, file.toString()));
    }

    /** What it says where it is not content: its exit code says that, since it praises too. */
    private static String complaints(String input, List<String> arguments) {
        List<String> command =
                Stream.concat(Stream.of(named().toString()), arguments.stream()).toList();
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : command + ":\n" + said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path named() {
        return Path.of(prometheus()).resolveSibling("promtool");
    }
}
