package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.Report.FileResult.FileOutcome;

/**
 * What the ledger keeps of one version of its scope; who and when the database adds.
 *
 * @param checksum SHA-256 of the file's bytes
 * @param textChecksum SHA-256 of the file as it reads
 */
public record LedgerEntry(
        String version,
        String file,
        String source,
        String checksum,
        String textChecksum,
        FileOutcome outcome,
        int statements,
        long durationMillis) {}
