package dev.dbmigration.testing;

/** What a container waits for and a kubelet tries again: the waiting reason and the message it shows. */
final class NotYet extends RuntimeException {

    private final String reason;
    private final String eventReason;

    private NotYet(String reason, String eventReason, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.eventReason = eventReason;
    }

    static NotYet mount(String volume, String message) {
        return new NotYet(
                "ContainerCreating",
                "FailedMount",
                "MountVolume.SetUp failed for volume \"" + volume + "\" : " + message);
    }

    static NotYet config(String message) {
        return new NotYet("CreateContainerConfigError", "Failed", message);
    }

    static NotYet image(String reason, String message) {
        return new NotYet(reason, "Failed", message);
    }

    String reason() {
        return reason;
    }

    String eventReason() {
        return eventReason;
    }

    /** A kubelet tells of a failed mount by event only. */
    String waitingMessage() {
        return eventReason.equals("FailedMount") ? null : getMessage();
    }
}
