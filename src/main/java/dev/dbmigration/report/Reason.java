package dev.dbmigration.report;

/**
 * Why a run has not reached its goal: stable words, the same in conditions, events, metrics and the runner's report.
 * What cures each is listed in {@code docs/failures.md}, and a test keeps the two alike.
 */
public enum Reason {
    ConnectionFailed(Cure.RETRY),
    LockTimeout(Cure.RETRY),
    LockHeld(Cure.RETRY),
    Deadlock(Cure.RETRY),
    SerializationFailure(Cure.RETRY),
    ServerShutdown(Cure.RETRY),
    TooManyConnections(Cure.RETRY),
    PodEvicted(Cure.RETRY_IF_RESTARTABLE),
    NodeLost(Cure.RETRY_IF_RESTARTABLE),

    SourceNotFound(Cure.TIME),
    SecretNotFound(Cure.TIME),
    ImagePullFailed(Cure.TIME),
    ContainerConfigError(Cure.TIME),
    Unschedulable(Cure.TIME),
    PodRejected(Cure.TIME),

    SyntaxError(Cure.PERSON),
    UndefinedObject(Cure.PERSON),
    AlreadyExists(Cure.PERSON),
    UnsupportedFeature(Cure.PERSON),
    PermissionDenied(Cure.PERSON),
    AuthenticationFailed(Cure.PERSON),
    ConstraintViolation(Cure.PERSON),
    DataError(Cure.PERSON),
    StatementTimeout(Cure.PERSON),
    StatementFailed(Cure.PERSON),
    TransactionState(Cure.PERSON),
    ServerResources(Cure.PERSON),
    Canceled(Cure.PERSON),
    ChecksumMismatch(Cure.PERSON),
    OutOfOrder(Cure.PERSON),
    FileMissing(Cure.PERSON),
    PartiallyApplied(Cure.PERSON),
    PooledConnection(Cure.PERSON),
    ReadOnlyDatabase(Cure.PERSON),
    BaselineRequired(Cure.PERSON),
    ContainerFailed(Cure.PERSON),
    OutOfMemory(Cure.PERSON),
    InvalidSpec(Cure.PERSON),
    NameConflict(Cure.PERSON),
    DependencyFailed(Cure.PERSON),
    DependencyCycle(Cure.PERSON),
    DeadlineExceeded(Cure.PERSON),
    OutcomeUnknown(Cure.PERSON);

    /** What has to happen before another attempt makes sense. */
    public enum Cure {
        /** Another attempt, after the backoff. */
        RETRY,
        /** Another attempt, where starting twice does no harm: {@code sql}, a check, a restartable container. */
        RETRY_IF_RESTARTABLE,
        /** Time, within {@code timeouts.start}: something that is not there yet may come. */
        TIME,
        /** A person. */
        PERSON
    }

    private final Cure cure;

    Reason(Cure cure) {
        this.cure = cure;
    }

    /** What cures a failure for this reason. */
    public Cure cure() {
        return cure;
    }
}
