package dev.dbmigration.runner;

import dev.dbmigration.report.LogFormat;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.snapshot.SnapshotArguments;
import dev.dbmigration.runner.snapshot.SnapshotTask;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The process of a run: {@code apply}, {@code plan} or {@code verify}, and the directory; or {@code snapshot}, which needs
 * none and prints. Exit code 0: the goal is reached.
 */
public final class RunnerMain {

    private static final Set<String> TASKS = Set.of("apply", "plan", "verify");

    private static final String SNAPSHOT = "snapshot";

    private static final int USAGE = 64;

    private RunnerMain() {}

    public static void main(String[] args) {
        Optional<SnapshotArguments> snapshot = snapshot(args);
        if (snapshot.isEmpty() && (args.length != 2 || !TASKS.contains(args[0]))) {
            refuse("usage: runner apply DIRECTORY | runner plan DIRECTORY | runner verify DIRECTORY | "
                    + SnapshotArguments.USAGE);
        }
        PrintStream out = print(FileDescriptor.out);
        RunLog log = new RunLog(format(), snapshot.isPresent() ? print(FileDescriptor.err) : out, Clock.systemUTC());
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> log.problem("uncaught in " + thread.getName(), e));
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new DriverLog(log));
        Stop stop = new Stop();
        Shutdown shutdown = new Shutdown(stop, log);
        Runtime.getRuntime().addShutdownHook(shutdown);
        int exitCode = snapshot.isPresent()
                ? new SnapshotTask(out, log, stop).run(snapshot.get(), System.getenv())
                : new Runner(System.getenv(), log, stop, System::nanoTime).run(args[0], Path.of(args[1]));
        shutdown.finished(exitCode);
        System.exit(exitCode);
    }

    /** What is asked of a snapshot; empty where none is asked for, or not in words that are understood. */
    private static Optional<SnapshotArguments> snapshot(String[] args) {
        return args.length > 0 && args[0].equals(SNAPSHOT)
                ? SnapshotArguments.of(List.of(args).subList(1, args.length))
                : Optional.empty();
    }

    /** A container has no locale, and Java would write ASCII. */
    private static PrintStream print(FileDescriptor file) {
        return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }

    private static void refuse(String why) {
        System.err.println(why);
        System.exit(USAGE);
    }

    private static LogFormat format() {
        try {
            return LogFormat.of(LogFormat.VARIABLE, System.getenv(LogFormat.VARIABLE), LogFormat.plain);
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage());
            throw e;
        }
    }
}
