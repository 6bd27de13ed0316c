package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.Pass;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Conditions;
import java.util.Objects;

/** Runs of the very checks that have run before, begun by time alone: the last verdict stands until their own. */
final class Repeats {

    private Repeats() {}

    /**
     * Whether a run is one.
     *
     * @param before the status before it is recorded, or while it goes on
     * @param answered value of the run annotation that the run answers; null: none
     */
    static boolean is(MigrationVerificationStatus before, RunStatus run, String answered) {
        RunStatus last = before == null ? null : before.run();
        if (last == null || run == null || !Objects.equals(last.inputsDigest(), run.inputsDigest())) {
            return false;
        }
        if (answered != null && !answered.equals(before.lastRunRequest())) {
            return false;
        }
        return last.finished() ? run.number() > last.number() : run.number() == last.number() && hasVerdict(before);
    }

    /** A run that is no repeat takes the verdict back before anything else is said of it. */
    private static boolean hasVerdict(MigrationVerificationStatus status) {
        return Conditions.find(status.conditions(), "Verified")
                .filter(verified -> !"Pending".equals(verified.getReason()))
                .isPresent();
    }

    /** Whether what a run has checked had passed before, of the same run of the migration: the database has drifted. */
    static boolean passedBefore(Pass lastPass, RunStatus run) {
        return lastPass != null && lastPass.inputsDigest().equals(run.inputsDigest());
    }
}
