package dev.dbmigration.engine;

import dev.dbmigration.testing.Postgres;
import dev.dbmigration.testing.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the runner beside psql, Flyway, Liquibase and dbmate on one server, as whole processes in turn, and prints
 * tables in Markdown; what it is at is told on the other output. Properties, each of which must be there, as
 * the profile {@code engine-benchmark} has them:
 *
 * <ul>
 *   <li>{@code benchmark.jar}: this project's jar with all that it needs;
 *   <li>{@code benchmark.work}: a folder to work in;
 *   <li>{@code benchmark.runs}: how often each is measured;
 *   <li>{@code benchmark.contenders}, {@code benchmark.loads}, {@code benchmark.delays}, {@code benchmark.ways}: which, by
 *       commas;
 *   <li>{@code psql} and {@code npm}: programs.
 * </ul>
 */
public final class EngineBenchmark {

    private static final int RUNS = Integer.getInteger("benchmark.runs");

    private final Path work;
    private final List<Contender> contenders;
    private final Postgres server;

    private EngineBenchmark(Path work, List<Contender> contenders, Postgres server) {
        this.work = work;
        this.contenders = contenders;
        this.server = server;
    }

    /** Runs it once; takes no arguments. */
    public static void main(String[] args) throws Exception {
        Path root = Files.createDirectories(Path.of(System.getProperty("benchmark.work")));
        List<Contender> contenders = Roster.of(chosen("benchmark.contenders"), root);
        try (Postgres server = Postgres.startWithPasswords()) {
            server.requireTls(ServerCertificate.of("dns:localhost"));
            new EngineBenchmark(Files.createTempDirectory(root, "run"), contenders, server).run();
        }
    }

    private static List<String> chosen(String property) {
        return List.of(System.getProperty(property).split(","));
    }

    private void run() throws IOException, InterruptedException {
        List<Lane> lanes = lanes();
        List<Tables.Row> rows = new ArrayList<>();
        for (Lane lane : lanes) {
            System.err.printf("%s: %d of %d%n", lane.title(), rows.size() + 1, lanes.size());
            rows.add(new Tables.Row(lane.title(), lane.way().delayMillis() > 0, measure(lane)));
        }
        Map<String, String> versions = new LinkedHashMap<>();
        contenders.forEach(contender -> versions.put(contender.name(), contender.version()));
        System.out.printf(
                "PostgreSQL %s; the runner's archive of classes is made on this machine, by Java %s%n",
                server.admin().query("SHOW server_version"), System.getProperty("java.version"));
        new Tables(System.out, versions, rows, RUNS).print();
    }

    private List<Lane> lanes() {
        List<Way> ways = Way.all(chosen("benchmark.delays"), chosen("benchmark.ways"));
        return chosen("benchmark.loads").stream()
                .map(Load::of)
                .flatMap(load -> ways.stream().map(way -> new Lane(load, way, server, new Stopwatch(work))))
                .toList();
    }

    /** Rounds in which each contender has its turn; another one begins each of them. */
    private Map<String, Measured> measure(Lane lane) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(work, "files");
        Map<String, Measured> measured = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            contender.prepare(lane.load(), Files.createDirectory(folder.resolve(contender.name())));
            measured.put(contender.name(), new Measured(new ArrayList<>()));
        }
        List<Contender> turns = new ArrayList<>(contenders);
        long begun = System.nanoTime();
        for (int round = 1; round <= RUNS; round++) {
            for (Contender contender : turns) {
                String name = contender.name();
                measured.get(name).turns().add(lane.run(contender, folder.resolve(name)));
            }
            Collections.rotate(turns, 1);
            Duration spent = Duration.ofNanos(System.nanoTime() - begun);
            Duration left = spent.multipliedBy(RUNS - round).dividedBy(round);
            System.err.printf("round %d of %d; here about %d s are left%n", round, RUNS, left.toSeconds());
        }
        return measured;
    }
}
