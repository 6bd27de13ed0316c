package dev.dbmigration.check;

/** What it means where a check does not pass. */
public enum Severity {
    /** The verification does not pass either. */
    Error,
    /** It is told, and the verification passes all the same. */
    Warning
}
