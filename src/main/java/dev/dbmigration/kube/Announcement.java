package dev.dbmigration.kube;

/** An event to be recorded: a stable word and a sentence. */
public record Announcement(boolean warning, String reason, String message) {

    public static Announcement normal(String reason, String message) {
        return new Announcement(false, reason, message);
    }

    public static Announcement warning(String reason, String message) {
        return new Announcement(true, reason, message);
    }
}
