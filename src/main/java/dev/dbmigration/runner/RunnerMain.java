package dev.dbmigration.runner;

import dev.dbmigration.runner.execute.Stop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** The process of a run: {@code apply DIRECTORY} or {@code verify DIRECTORY}. Exit code 0: the goal is reached. */
public final class RunnerMain {

    private static final Set<String> TASKS = Set.of("apply", "verify");

    private RunnerMain() {}

    public static void main(String[] args) {
        if (args.length != 2 || !TASKS.contains(args[0])) {
            System.err.println("usage: runner apply DIRECTORY | runner verify DIRECTORY");
            System.exit(64);
        }
        Stop stop = new Stop();
        Shutdown shutdown = new Shutdown(stop);
        Runtime.getRuntime().addShutdownHook(shutdown);
        // A container has no locale, and Java would write ASCII.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int exitCode = new Runner(System.getenv(), out, stop, System::nanoTime).run(args[0], Path.of(args[1]));
        shutdown.finished(exitCode);
        System.exit(exitCode);
    }
}
