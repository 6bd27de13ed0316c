package dev.dbmigration.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a process to its end and tells what it took, by bash's keyword {@code time}: the system counts the processor's
 * time of a process and its children exactly, but tells it only to who waits for it, which Java does not hand on.
 *
 * @param folder where the output of the last one stays
 */
record Stopwatch(Path folder) {

    private static final String SCRIPT = """
            output=$1 figures=$2; shift 2
            TIMEFORMAT='%3R %3U %3S'
            { time "$@" >"$output" 2>&1; } 2>"$figures"
            """;

    private static final int TOLD = 2000;

    /**
     * What it took.
     *
     * @throws IllegalStateException where its exit code is not 0, with the end of what it said
     */
    Spent time(Command command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path figures = folder.resolve("figures");
        List<String> words =
                new ArrayList<>(List.of("bash", "-c", SCRIPT, "stopwatch", output.toString(), figures.toString()));
        words.addAll(command.words());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(command.environment());
        int code = builder.start().waitFor();
        if (code != 0) {
            String said = Files.readString(output);
            throw new IllegalStateException(command.words().get(0) + " failed with " + code + ": "
                    + said.substring(Math.max(0, said.length() - TOLD)));
        }
        return Spent.parse(Files.readString(figures));
    }
}
