package dev.dbmigration.runner.fault;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import java.util.List;

/**
 * The run cannot go on, and a person can read why: one failure or several of the same kind, the first of which names
 * the reason. Nothing in it may hold a password or a literal of a statement.
 */
public final class RunFailed extends RuntimeException {

    private final transient List<Failure> failures;

    public RunFailed(List<Failure> failures) {
        super(failures.get(0).message());
        this.failures = List.copyOf(failures);
    }

    /** Nobody's file is to blame. */
    public static RunFailed because(Reason reason, String message) {
        return because(reason, message, null);
    }

    /** Nobody's file is to blame, and {@code hint} says what to do. */
    public static RunFailed because(Reason reason, String message, String hint) {
        return new RunFailed(List.of(new Failure(null, 0, 0, null, reason, message, hint)));
    }

    /** A file is to blame, at {@code line} where that is not 0. */
    public static RunFailed in(String file, int statement, int line, Reason reason, String message, String hint) {
        return new RunFailed(List.of(new Failure(file, statement, line, null, reason, message, hint)));
    }

    /** At least one. */
    public List<Failure> failures() {
        return failures;
    }

    public Reason reason() {
        return failures.get(0).reason();
    }
}
