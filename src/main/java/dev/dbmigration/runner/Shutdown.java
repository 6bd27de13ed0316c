package dev.dbmigration.runner;

import dev.dbmigration.runner.execute.Deadline;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What SIGTERM does: ends the statement under way and lets the run roll back and report, within a pod's usual grace.
 * Ends the process itself, since a JVM that was told to stop would hide the run's own exit code.
 */
final class Shutdown extends Thread {

    /** Of the pod's sixty seconds, so that what is said last is still heard. */
    private static final long PATIENCE_MILLIS = 50_000;

    private static final long PAUSE_MILLIS = 200;

    private final Stop stop;
    private final RunLog log;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    Shutdown(Stop stop, RunLog log) {
        super("shutdown");
        this.log = log;
        this.stop = stop;
    }

    /** The run is over and has reported. */
    void finished(int code) {
        exitCode.complete(code);
    }

    @Override
    public void run() {
        if (exitCode.isDone()) {
            return;
        }
        log.line("told to stop: cancelling what runs, and rolling back");
        stop.request();
        // Again and again: a request to cancel that comes before the statement has begun is lost.
        Deadline patience = Deadline.in(PATIENCE_MILLIS, System::nanoTime);
        while (!patience.passed()) {
            stop.cancel().ifPresent(state -> log.problem("cannot cancel the statement: " + state));
            Integer code = await();
            if (code != null) {
                Runtime.getRuntime().halt(code);
            }
        }
        log.problem("no answer from the database in time; the ledger knows what was kept");
        Runtime.getRuntime().halt(1);
    }

    private Integer await() {
        try {
            return exitCode.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException | ExecutionException e) {
            return 1;
        }
    }
}
