package dev.dbmigration.testing;

/** Why a Pod's run must not go on. */
final class PodStop extends RuntimeException {

    /** GONE: the object is no longer there, or its node is; nothing can be reported. */
    enum Cause {
        GONE,
        DELETED,
        DEADLINE,
        EVICTED
    }

    private final Cause cause;

    PodStop(Cause cause) {
        super(cause.name(), null, false, false);
        this.cause = cause;
    }

    Cause why() {
        return cause;
    }
}
