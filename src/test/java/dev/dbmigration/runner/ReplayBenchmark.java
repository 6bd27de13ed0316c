package dev.dbmigration.runner;

import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures {@code expectedSchema} of 143 files, as whole processes: what applying them takes, and the checks of what they
 * have made, with a second server as scratch. Every fifth file is one whose table is there already, so that it is skipped
 * and runs alone in the replay. Property: {@code benchmark.runs} (5).
 */
public final class ReplayBenchmark {

    private static final int RUNS = Integer.getInteger("benchmark.runs", 5);
    private static final int FILES = 143;
    private static final double NANOS = 1e9;
    private static final List<String> AS_IN_THE_IMAGE = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private ReplayBenchmark() {}

    /** Runs it once; takes no arguments. */
    public static void main(String[] args) throws Exception {
        Path root = Files.createTempDirectory("replay-benchmark");
        RunDirectory run = new RunDirectory(root);
        for (int number = 1; number <= FILES; number++) {
            run.file("all", "%03d_file.sql".formatted(number), number % 5 == 0 ? skipped(number - 1) : made(number));
        }
        run.checks = List.of(ExpectedSchemas.check());
        run.write();
        double[] applying = new double[RUNS];
        double[] replaying = new double[RUNS];
        try (Postgres server = Postgres.start();
                Postgres beside = ScratchPostgres.start()) {
            for (int i = 0; i < RUNS; i++) {
                Database database = server.newDatabase("replayed");
                applying[i] = seconds(root, database, "apply", Map.of());
                replaying[i] = seconds(root, database, "verify", RunDirectory.scratch(beside.admin(), root));
            }
        }
        System.out.printf("| median of %d | |%n|---|---|%n", RUNS);
        System.out.printf("| applying %d files | %.2f s |%n", FILES, median(applying));
        System.out.printf("| `expectedSchema` of them | %.2f s |%n", median(replaying));
    }

    private static String made(int number) {
        return """
                CREATE TYPE state_%1$d AS ENUM ('new', 'old');
                CREATE TABLE t%1$d (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name text NOT NULL,
                    state state_%1$d NOT NULL DEFAULT 'new',
                    due date
                );
                CREATE INDEX ON t%1$d (due) WHERE state = 'new';
                CREATE FUNCTION f%1$d(given bigint) RETURNS text LANGUAGE sql STABLE AS
                'SELECT name FROM t%1$d WHERE id = given';
                GRANT SELECT ON t%1$d TO PUBLIC;
                """.formatted(number);
    }

    private static String skipped(int number) {
        return """
                CREATE TABLE IF NOT EXISTS t%1$d (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name text NOT NULL,
                    state state_%1$d NOT NULL DEFAULT 'new',
                    due date
                );
                """.formatted(number);
    }

    private static double seconds(Path root, Database database, String task, Map<String, String> variables)
            throws IOException, InterruptedException {
        RunnerProcess process = new RunnerProcess(root, database, AS_IN_THE_IMAGE);
        long begun = System.nanoTime();
        int code = process.start(variables, "runner", task, root.toString()).waitFor();
        double seconds = (System.nanoTime() - begun) / NANOS;
        if (code != 0) {
            throw new IllegalStateException(task + " has failed: " + process.output());
        }
        return seconds;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
