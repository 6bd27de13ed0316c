package dev.dbmigration.reconcile;

import dev.dbmigration.api.v1alpha1.RunStatus;
import org.slf4j.MDC;

/**
 * Says in every line that this thread logs which run and attempt is worked on, until it is closed. Which resource, the
 * SDK says.
 */
public final class RunInLog implements AutoCloseable {

    /** Keys of the diagnostic context, whose values are decimal numbers. */
    public static final String RUN = "run";

    public static final String ATTEMPT = "attempt";

    /** {@code run} is null where there is none yet; an attempt of 0 is none. */
    RunInLog(RunStatus run) {
        now(run);
    }

    /** From now on it is another one; null: still the same. */
    void now(RunStatus run) {
        if (run == null) {
            return;
        }
        MDC.put(RUN, Integer.toString(run.number()));
        if (run.attempt() == 0) {
            MDC.remove(ATTEMPT);
        } else {
            MDC.put(ATTEMPT, Integer.toString(run.attempt()));
        }
    }

    @Override
    public void close() {
        MDC.remove(RUN);
        MDC.remove(ATTEMPT);
    }
}
