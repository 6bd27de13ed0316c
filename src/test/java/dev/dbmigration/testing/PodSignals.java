package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** What a Pod's run hears while it waits: edits of its Pod, what is done to it, and that it is time to look again. */
final class PodSignals {

    private static final long POLL_MILLIS = 200;

    private final BooleanSupplier closed;
    private Pod latest;
    private PodStop.Cause imposed;
    private Instant acknowledged;

    PodSignals(Pod pod, BooleanSupplier closed) {
        this.latest = pod;
        this.closed = closed;
    }

    synchronized void observed(Pod newer) {
        latest = newer;
        notifyAll();
    }

    /** Ends the run from outside: the object or the node is gone, or the node evicts the Pod. */
    synchronized void impose(PodStop.Cause cause) {
        imposed = cause;
        notifyAll();
    }

    /** The deadline counts from here. */
    synchronized void acknowledge() {
        acknowledged = Instant.now();
    }

    synchronized void wake() {
        notifyAll();
    }

    synchronized boolean isGone() {
        return imposed == PodStop.Cause.GONE || closed.getAsBoolean();
    }

    synchronized long graceSeconds() {
        Long deletion = latest.getMetadata().getDeletionGracePeriodSeconds();
        Long own = latest.getSpec().getTerminationGracePeriodSeconds();
        return deletion != null ? deletion : own != null ? own : 30;
    }

    /** Waits for the condition, or throws when the run must not go on. */
    void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            stopIfNeeded();
            pauseWhile(() -> !condition.getAsBoolean());
        }
        stopIfNeeded();
    }

    void untilNextTry() {
        stopIfNeeded();
        pauseWhile(() -> true);
        stopIfNeeded();
    }

    /** Until something happens, or it is time to look again. */
    synchronized void pauseWhile(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            waitAtMost(POLL_MILLIS);
        }
    }

    synchronized void awaitDeletion() {
        while (!isGone() && !isDeleted()) {
            waitAtMost(0);
        }
    }

    private void stopIfNeeded() {
        PodStop.Cause cause = cause();
        if (cause != null) {
            throw new PodStop(cause);
        }
    }

    private synchronized PodStop.Cause cause() {
        if (isGone()) {
            return PodStop.Cause.GONE;
        }
        if (isDeleted()) {
            return PodStop.Cause.DELETED;
        }
        return imposed != null ? imposed : isLate() ? PodStop.Cause.DEADLINE : null;
    }

    private boolean isDeleted() {
        return latest.getMetadata().getDeletionTimestamp() != null;
    }

    private boolean isLate() {
        Long deadline = latest.getSpec().getActiveDeadlineSeconds();
        return deadline != null
                && acknowledged != null
                && Duration.between(acknowledged, Instant.now()).toSeconds() >= deadline;
    }

    private void waitAtMost(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            throw new PodStop(PodStop.Cause.GONE);
        }
    }
}
