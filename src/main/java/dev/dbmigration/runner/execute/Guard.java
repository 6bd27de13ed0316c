package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;

/** Asked before anything is begun, whether it still may. */
record Guard(Stop stop, Deadline deadline) {

    void check() {
        if (stop.requested()) {
            throw RunFailed.because(Reason.PodEvicted, "the pod was told to stop");
        }
        if (deadline.passed()) {
            throw RunFailed.because(
                    Reason.DeadlineExceeded, "timeouts.run is over", "raise spec.timeouts.run, or split the migration");
        }
    }

    void pause(long millis) throws InterruptedException {
        check();
        if (stop.await(millis)) {
            check();
        }
    }
}
