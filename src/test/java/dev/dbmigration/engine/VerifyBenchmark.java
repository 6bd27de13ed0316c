package dev.dbmigration.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.DelayingProxy;
import dev.dbmigration.testing.Median;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the runner's checks as whole processes: a hundred on a schema of five hundred tables beside one, which is the
 * start, and a snapshot of that schema. Prints a table in Markdown. Properties, each of which must be there, as the
 * profile {@code verify-benchmark} has them: {@code benchmark.jar}, {@code benchmark.work} and {@code benchmark.runs}, as
 * for {@link EngineBenchmark}.
 */
public final class VerifyBenchmark {

    private static final int RUNS = Integer.getInteger("benchmark.runs");
    private static final int TABLES = 500;
    private static final int CHECKS = 100;
    private static final double MOST_SECONDS = 2;

    private static final int DELAY_MILLIS = 2;

    private static final String START = "one check: the start";
    private static final String MANY = CHECKS + " checks of mixed kinds on " + TABLES + " tables";
    private static final String SNAPSHOT = "`runner snapshot` of them";

    private final InstalledRunner runner;
    private final Stopwatch stopwatch;
    private final Map<String, String> environment;

    private VerifyBenchmark(InstalledRunner runner, Stopwatch stopwatch, Map<String, String> environment) {
        this.runner = runner;
        this.stopwatch = stopwatch;
        this.environment = environment;
    }

    /** Runs it once; takes no arguments. */
    public static void main(String[] args) throws Exception {
        Path root = Files.createDirectories(Path.of(System.getProperty("benchmark.work")));
        Path work = Files.createTempDirectory(root, "run");
        Path jar = Path.of(System.getProperty("benchmark.jar"));
        InstalledRunner runner = InstalledRunner.of(Path.of("pom.xml"), jar, root.resolve("runner"));
        CheckedSchema schema = new CheckedSchema(TABLES);
        try (Postgres server = Postgres.start()) {
            Database database = server.newDatabase("verified");
            database.execute(schema.sql());
            VerifyBenchmark benchmark = new VerifyBenchmark(runner, new Stopwatch(work), environment(database));
            print("", benchmark.measure(benchmark.contenders(work, schema, true)));
            try (DelayingProxy proxy = DelayingProxy.of(database, DELAY_MILLIS)) {
                benchmark = new VerifyBenchmark(runner, new Stopwatch(work), environment(proxy.front()));
                String far = ", " + DELAY_MILLIS + " ms added";
                print(far, benchmark.measure(benchmark.contenders(work, schema, false)));
            }
        }
    }

    private static Map<String, String> environment(Database database) {
        return new Target(database, false).environment();
    }

    private Map<String, Command> contenders(Path work, CheckedSchema schema, boolean snapshot) throws IOException {
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put(START, verify(work.resolve("one"), schema.checks(1)));
        commands.put(MANY, verify(work.resolve("many"), schema.checks(CHECKS)));
        if (snapshot) {
            commands.put(SNAPSHOT, runner.command(environment, "snapshot"));
        }
        return commands;
    }

    private Command verify(Path folder, List<Check> checks) throws IOException {
        RunInput input = new RunInput(
                RunInput.SCHEMA_VERSION,
                new RunInput.ResourceName("MigrationVerification", "benchmark", "benchmark"),
                1,
                "sha256:0",
                0,
                new RunInput.Session(null, null, null),
                null,
                checks);
        Path file = folder.resolve(RunInput.FILE);
        Files.createDirectories(file.getParent());
        new ObjectMapper().writeValue(file.toFile(), input);
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.put("DBMIGRATION_REPORT_PATH", folder.resolve("report").toString());
        return runner.command(variables, "verify", folder.toString());
    }

    /** Seconds of each round; the stopwatch ends the benchmark where one fails. */
    private Map<String, List<Spent>> measure(Map<String, Command> commands) throws IOException, InterruptedException {
        Map<String, List<Spent>> measured = new LinkedHashMap<>();
        for (int round = 1; round <= RUNS; round++) {
            for (Map.Entry<String, Command> each : commands.entrySet()) {
                Spent spent = stopwatch.time(each.getValue());
                measured.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                        .add(spent);
                System.err.printf("round %d of %d, %s: %.3f s%n", round, RUNS, each.getKey(), spent.seconds());
            }
        }
        return measured;
    }

    /** {@code way}: words behind what was measured. */
    private static void print(String way, Map<String, List<Spent>> measured) {
        double start = seconds(measured.get(START));
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "%n| median of %d | seconds | client's CPU | beyond the start | to the start | aim beyond the start |%n"
                        + "|---|---|---|---|---|---|%n",
                RUNS);
        measured.forEach((name, spent) -> {
            double beyond = seconds(spent) - start;
            String verdict = "at most %.0f s: %s".formatted(MOST_SECONDS, beyond <= MOST_SECONDS ? "met" : "missed");
            out.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.3f | %.2f | %s |%n",
                    name + way,
                    seconds(spent),
                    Median.of(spent.stream().mapToDouble(Spent::cpu)),
                    beyond,
                    seconds(spent) / start,
                    name.equals(MANY) ? verdict : "");
        });
    }

    private static double seconds(List<Spent> spent) {
        return Median.of(spent.stream().mapToDouble(Spent::seconds));
    }
}
