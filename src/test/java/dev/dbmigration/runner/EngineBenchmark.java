package dev.dbmigration.runner;

import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.DelayingProxy;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures the runner beside psql on one server, as whole processes in turn, and prints a table in Markdown. psql brings
 * the same files in one session, one transaction a file, and keeps no ledger. Properties: {@code benchmark.runs} (7), and
 * {@code psql}, the program.
 */
public final class EngineBenchmark {

    private static final int RUNS = Integer.getInteger("benchmark.runs", 7);
    private static final String PSQL = System.getProperty("psql", "psql");
    private static final int DELAY_MILLIS = 2;
    private static final double NANOS = 1e9;

    private final Path root;
    private final Postgres server;

    private EngineBenchmark(Path root, Postgres server) {
        this.root = root;
        this.server = server;
    }

    /** Runs it once; takes no arguments. */
    public static void main(String[] args) throws Exception {
        Path root = Files.createTempDirectory("engine-benchmark");
        try (Postgres server = Postgres.start()) {
            new EngineBenchmark(root, server).run();
        }
    }

    private void run() throws Exception {
        System.out.printf("| median of %d | runner | psql | ratio |%n|---|---|---|---|%n", RUNS);
        List<String> many =
                IntStream.rangeClosed(1, 500).mapToObj(EngineBenchmark::small).toList();
        String long10k = IntStream.range(0, 10_000)
                .mapToObj(i -> "INSERT INTO filled VALUES (" + i + ")")
                .collect(Collectors.joining(";\n", "CREATE TABLE filled (n int);\n", ";\n"));
        compare("500 files of two statements", many, 0);
        compare("500 files of two statements, 2 ms added", many, DELAY_MILLIS);
        compare("one file of 10,000 statements", List.of(long10k), 0);
        compare("one file of 10,000 statements, 2 ms added", List.of(long10k), DELAY_MILLIS);
    }

    private static String small(int number) {
        return "CREATE TABLE t%1$d (id int, name text);%nINSERT INTO t%1$d VALUES (%1$d, 'one');%n".formatted(number);
    }

    private void compare(String what, List<String> files, int delay) throws Exception {
        Path folder = Files.createTempDirectory(root, "files");
        RunDirectory run = new RunDirectory(folder);
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < files.size(); i++) {
            run.sql("%04d.sql".formatted(i + 1), files.get(i));
            script.append("BEGIN;\n").append(files.get(i)).append("COMMIT;\n");
        }
        run.write();
        Path all = Files.writeString(folder.resolve("all.sql"), script);
        double[] ours = new double[RUNS];
        double[] nothing = new double[RUNS];
        double[] theirs = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            Database database = server.newDatabase("ours");
            ours[i] = seconds(database, delay, at -> runner(folder, at));
            nothing[i] = seconds(database, delay, at -> runner(folder, at));
            theirs[i] = seconds(server.newDatabase("theirs"), delay, at -> psql(all, at));
        }
        row(what, median(ours), median(theirs));
        System.out.printf("| the same again: nothing to do | %.3f s | | |%n", median(nothing));
    }

    private static void row(String what, double ours, double theirs) {
        System.out.printf("| %s | %.3f s | %.3f s | %.2f |%n", what, ours, theirs, ours / theirs);
    }

    private interface Contender {
        Process start(Database database) throws IOException;
    }

    private static double seconds(Database database, int delay, Contender contender) throws Exception {
        if (delay == 0) {
            return seconds(contender, database);
        }
        try (DelayingProxy proxy = DelayingProxy.of(database, delay)) {
            return seconds(contender, proxy.front());
        }
    }

    private static double seconds(Contender contender, Database database) throws Exception {
        long begun = System.nanoTime();
        int code = contender.start(database).waitFor();
        double seconds = (System.nanoTime() - begun) / NANOS;
        if (code != 0) {
            throw new IllegalStateException("it has failed with " + code + "; its output is kept");
        }
        return seconds;
    }

    private static Process runner(Path folder, Database database) throws IOException {
        List<String> asInTheImage = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        return new RunnerProcess(folder, database, asInTheImage).start("runner", "apply", folder.toString());
    }

    private static Process psql(Path script, Database database) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(PSQL, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script.toString());
        builder.environment().putAll(database.environment());
        return builder.redirectErrorStream(true)
                .redirectOutput(script.resolveSibling("psql-output").toFile())
                .start();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
