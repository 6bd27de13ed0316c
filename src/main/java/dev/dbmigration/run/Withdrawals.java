package dev.dbmigration.run;

/** Words of {@code status.run.withdrawing}: why the Pod of an attempt is deleted before its container starts. */
final class Withdrawals {

    static final String SUSPENDED = "Suspended";
    static final String EDITED = "SpecChanged";
    static final String SNAPSHOT_GONE = "SnapshotGone";
    static final String DELETED = "Deleted";
    static final String TOO_LATE = "DeadlineExceeded";

    private Withdrawals() {}
}
