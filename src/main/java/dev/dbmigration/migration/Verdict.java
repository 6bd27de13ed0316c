package dev.dbmigration.migration;

/**
 * What verifications say of the run that was applied last: the {@code Verified} condition.
 *
 * @param status True, False or Unknown
 * @param reason NotRequested, Pending, CheckError, Passed, ChecksFailed, DriftDetected, or why a verification cannot be
 * @param ready whether {@code spec.verify}, if there is one, has passed
 * @param pending whether {@code spec.verify} has not spoken yet
 */
record Verdict(String status, String reason, String message, boolean ready, boolean pending) {}
