package dev.dbmigration.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.LogFormat;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.TerminationMessage;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.testing.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** A pod's directory as the operator would mount it, and the runner run on it in this process. */
public final class RunDirectory {

    final Path root;
    final Stop stop = new Stop();
    RunInput.Session session = new RunInput.Session(null, null, null);
    long lockWaitMillis = 60_000;
    long runMillis;
    LongSupplier ticker = System::nanoTime;
    String scope = "test";
    RunInput.Transaction transaction;
    List<RunInput.Resolved> resolve = List.of();
    RunInput.LedgerRules ledgerRules;
    LogFormat logFormat = LogFormat.plain;
    List<Check> checks;
    Map<String, String> sqlVariables = Map.of();
    private final Set<String> sources = new LinkedHashSet<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** In an empty directory, which is there. */
    public RunDirectory(Path root) {
        this.root = root;
    }

    RunDirectory file(String source, String name, String content) {
        return file(source, name, content.getBytes(StandardCharsets.UTF_8));
    }

    RunDirectory file(String source, String name, byte[] content) {
        try {
            Path file = source(source).resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file in one source. */
    public RunDirectory sql(String name, String content) {
        return file("inline", name, content);
    }

    Path source(String name) {
        sources.add(name);
        try {
            return Files.createDirectories(root.resolve("sources").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The runner's input, with all that was said so far. */
    public RunDirectory write() {
        try {
            Path input = root.resolve(RunInput.FILE);
            Files.createDirectories(input.getParent());
            new ObjectMapper().writeValue(input.toFile(), input());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunInput input() {
        List<RunInput.Source> list = new ArrayList<>();
        sources.forEach(name -> list.add(new RunInput.Source("ConfigMap " + name, "sources/" + name)));
        return new RunInput(
                RunInput.SCHEMA_VERSION,
                new RunInput.ResourceName("DatabaseMigration", "ehr", "draft-fields"),
                3,
                "sha256:0",
                4096,
                session,
                new RunInput.Sql(
                        "dbmigration",
                        scope,
                        lockWaitMillis,
                        runMillis,
                        transaction,
                        resolve,
                        list,
                        sqlVariables,
                        ledgerRules),
                checks);
    }

    Report apply(Database database) {
        return apply(database.environment());
    }

    Report plan(Database database) {
        return run("plan", database.environment());
    }

    Report apply(Map<String, String> environment) {
        return run("apply", environment);
    }

    /** Runs the checks, by a pod that has {@code scratch} beside it. */
    Report verify(Database database, Database scratch) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.putAll(scratch(scratch, root));
        return run("verify", environment);
    }

    /** What a pod is told of a server beside it. */
    static Map<String, String> scratch(Database scratch, Path signals) {
        return Map.of(
                "DBMIGRATION_SCRATCH_HOST", scratch.host(),
                "DBMIGRATION_SCRATCH_PORT", String.valueOf(scratch.port()),
                "DBMIGRATION_SCRATCH_WAIT_SECONDS", "60",
                "DBMIGRATION_SCRATCH_SIGNALS", signals.toString());
    }

    private Report run(String task, Map<String, String> environment) {
        write();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("DBMIGRATION_REPORT_PATH", reportFile().toString());
        variables.putIfAbsent("PGAPPNAME", "pod-1");
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        RunLog log = new RunLog(logFormat, print, Clock.systemUTC());
        new Runner(variables, log, stop, ticker).run(task, root);
        return report();
    }

    Path reportFile() {
        return root.resolve("report");
    }

    Report report() {
        try {
            return TerminationMessage.decode(Files.readString(reportFile())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
