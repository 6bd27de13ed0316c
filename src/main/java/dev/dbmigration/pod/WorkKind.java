package dev.dbmigration.pod;

/** What an attempt is, so that its Pod says so however the spec has changed since. */
public enum WorkKind {
    /** This project's runner: its report tells the outcome, and starting it twice does no harm. */
    Runner,
    /** A user's container: its exit code tells the outcome, and it is started at most once. */
    Container,
    /** One that its user declares restartable. */
    RestartableContainer;

    static WorkKind of(Work work) {
        if (work instanceof ContainerWork user) {
            return user.container().restartable() ? RestartableContainer : Container;
        }
        return Runner;
    }

    /** Whether another attempt may follow one whose end was not seen. */
    public boolean restartable() {
        return this != Container;
    }
}
