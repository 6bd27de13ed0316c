package dev.dbmigration.testing.psql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real psql, run on a {@link RecordingServer}. It is the one that the property {@code psql} names, and of version
 * 15, whose rules we follow.
 */
public final class Psql {

    private static final String PROGRAM = System.getProperty("psql", "/usr/bin/psql");
    private static final String MARK = "mark ";

    private final Path log;
    private final Map<String, String> environment;

    /** What psql says goes to {@code log}; {@code environment} is added to its own. */
    public Psql(Path log, Map<String, String> environment) {
        this.log = log;
        this.environment = environment;
    }

    /** What {@code psql --version} says. */
    public static String version() {
        try {
            Process process = new ProcessBuilder(PROGRAM, "--version")
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("no psql; install Debian's postgresql-client-15, or set -Dpsql", e);
        }
    }

    /**
     * The queries of each file, all in one session; queries that commands make themselves are not made.
     *
     * @param variables of psql's, set before the first file
     */
    public List<List<String>> queries(List<Path> files, boolean takesCopies, Map<String, String> variables) {
        try (RecordingServer server = new RecordingServer(takesCopies)) {
            run(command(files, server.port(), variables));
            return byFile(server.queries(), files.size());
        }
    }

    private static List<String> command(List<Path> files, int port, Map<String, String> variables) {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-X", "-q", "-v", "ECHO_HIDDEN=noexec"));
        command.addAll(List.of("-d", "host=127.0.0.1 port=" + port + " user=judge dbname=regression sslmode=disable"));
        variables.forEach((name, value) -> command.addAll(List.of("-v", name + "=" + value)));
        for (int i = 0; i < files.size(); i++) {
            // In one -c a session setting is undone, too.
            command.addAll(List.of(
                    "-c", "RESET ALL", "-c", MARK + i, "-f", files.get(i).toString()));
        }
        return command;
    }

    private void run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("PGGSSENCMODE", "disable");
        try {
            Process process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("psql does not end; its output is in " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<List<String>> byFile(List<String> queries, int files) {
        List<List<String>> byFile = new ArrayList<>();
        List<String> current = new ArrayList<>();
        for (String query : queries) {
            if (query.equals(MARK + byFile.size())) {
                current = new ArrayList<>();
                byFile.add(current);
            } else if (!query.equals("RESET ALL")) {
                current.add(query);
            }
        }
        if (byFile.size() != files) {
            throw new IllegalStateException("psql came to file " + byFile.size() + " of " + files);
        }
        return byFile;
    }
}
