package dev.dbmigration.runner;

import dev.dbmigration.report.LogFormat;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The process of a run: {@code apply}, {@code plan} or {@code verify}, and the directory. Exit code 0: the goal is reached. */
public final class RunnerMain {

    private static final Set<String> TASKS = Set.of("apply", "plan", "verify");

    private static final int USAGE = 64;

    private RunnerMain() {}

    public static void main(String[] args) {
        if (args.length != 2 || !TASKS.contains(args[0])) {
            System.err.println("usage: runner apply DIRECTORY | runner plan DIRECTORY | runner verify DIRECTORY");
            System.exit(USAGE);
        }
        // A container has no locale, and Java would write ASCII.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        RunLog log = new RunLog(format(), out, Clock.systemUTC());
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> log.problem("uncaught in " + thread.getName(), e));
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new DriverLog(log));
        Stop stop = new Stop();
        Shutdown shutdown = new Shutdown(stop, log);
        Runtime.getRuntime().addShutdownHook(shutdown);
        int exitCode = new Runner(System.getenv(), log, stop, System::nanoTime).run(args[0], Path.of(args[1]));
        shutdown.finished(exitCode);
        System.exit(exitCode);
    }

    private static LogFormat format() {
        try {
            return LogFormat.of(LogFormat.VARIABLE, System.getenv(LogFormat.VARIABLE), LogFormat.plain);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            throw e;
        }
    }
}
