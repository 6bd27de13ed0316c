package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.runner.fault.Sentence;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again what failed only because of others: everything has been rolled back by then, so nobody queues behind us
 * for longer than the lock timeout, and between two tries all of them may go on.
 */
final class Patience {

    private static final Set<Reason> CURED = Set.of(Reason.LockTimeout, Reason.Deadlock, Reason.SerializationFailure);

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Workplace at;
    private final Deadline deadline;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** Lasts as long as the migration lock is waited for. */
    Patience(Workplace at) {
        this.at = at;
        this.deadline = Deadline.after(at.input().sql().lockWaitMillis(), at.ticker());
    }

    /** Whether what ended with these failures is to be tried again; then a pause has been made. */
    boolean again(List<Failure> failures) throws InterruptedException {
        if (failures.isEmpty() || !CURED.contains(failures.get(0).reason()) || deadline.passed()) {
            return false;
        }
        at.log().line(Sentence.of(failures.get(0)) + "; trying again");
        at.guard().pause(ThreadLocalRandom.current().nextLong(pauseMillis / 2, pauseMillis * 3 / 2));
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        return true;
    }
}
