package dev.dbmigration.runner.ledger;

/**
 * What stands in the ledger for one version of a scope.
 *
 * @param checksum SHA-256 of the file's bytes as it was applied
 * @param textChecksum SHA-256 of the file as it read; null where an earlier release has written the row
 */
public record LedgerRow(String version, String file, String checksum, String textChecksum) {}
