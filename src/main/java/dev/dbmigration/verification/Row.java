package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Conditions;

/** One row of the condition table of a verification. */
record Row(
        String phase,
        String verified,
        String reason,
        String message,
        boolean finished,
        boolean reconciling,
        boolean stalled,
        String readyReason) {

    /** Checks that had passed fail, although the migration has not run in between. */
    static final String DRIFT = "DriftDetected";

    /** A run that has ended, or cannot be. */
    Row(String phase, String verified, String reason, String message, boolean finished, boolean stalled) {
        this(phase, verified, reason, message, finished, false, stalled, reason);
    }

    /** A run that has not ended: the verdict is open. */
    Row(String phase, String message, boolean reconciling) {
        this(phase, Conditions.UNKNOWN, "Pending", message, false, reconciling, false, "Pending");
    }

    static Row running() {
        return new Row("Running", "the checks run", true).ready("Running");
    }

    static Row retrying(RunStatus run) {
        return new Row("Retrying", run.message() + "; next attempt at " + run.nextAttemptTime(), true)
                .ready(run.reason());
    }

    static Row ended(RunStatus run, CheckResults results, boolean failedChecks) {
        if (RunStatus.SUCCEEDED.equals(run.outcome())) {
            return new Row("Verified", Conditions.TRUE, "Passed", results.message(), true, false);
        }
        if (failedChecks) {
            return new Row("VerificationFailed", Conditions.FALSE, "ChecksFailed", run.message(), true, true);
        }
        return new Row("Unknown", Conditions.UNKNOWN, "CheckError", run.message(), true, true).ready(run.reason());
    }

    /** The same of checks that had passed. */
    Row drifted(String message) {
        return new Row(phase, verified, DRIFT, message, finished, reconciling, stalled, DRIFT);
    }

    /** The same where time alone brings the next look, so that nobody has to be asked for it. */
    Row lookedAtAgain() {
        return new Row(phase, verified, reason, message, finished, reconciling, false, readyReason);
    }

    /** The same with another reason of Ready: the word that a column shows. */
    Row ready(String word) {
        return new Row(phase, verified, reason, message, finished, reconciling, stalled, word);
    }
}
