package dev.dbmigration.migration;

/** Words of {@code status.phase}: for people and printer columns. Programs read conditions. */
enum Phase {
    Pending,
    Suspended,
    Running,
    Retrying,
    Failed,
    Unknown,
    Planned,
    Applied,
    Verifying,
    Verified,
    VerificationFailed
}
