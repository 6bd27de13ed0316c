package dev.dbmigration.runner;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.report.Report.Summary;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.Sentence;

/** Reports of runs that did not come as far as to make their own. */
final class Reports {

    private static final Summary NOTHING = new Summary(0, 0, 0, 0, 0, 0, 0);

    private Reports() {}

    /** {@code task} decides whether there are files to speak of. */
    static Report failed(String task, RunFailed e) {
        return new Report(
                Report.SCHEMA_VERSION,
                Outcome.Failed,
                e.reason(),
                Sentence.of(e.failures().get(0)),
                task.equals("verify") ? null : NOTHING,
                e.failures(),
                null,
                null,
                null,
                null);
    }

    static Report failed(String task, Reason reason, String message) {
        return failed(task, RunFailed.because(reason, message));
    }

    /** The exception's own words may hold anything, so only its kind leaves the pod. */
    static Report unexpected(String task, Throwable e) {
        return failed(
                task,
                Reason.StatementFailed,
                "the runner failed unexpectedly: " + kind(e) + "; its log has the details, please report it");
    }

    static String kind(Throwable e) {
        return e.getClass().getSimpleName();
    }
}
