package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.Report.FileResult.FileOutcome;

/** What the ledger keeps of one version of its scope; who and when the database adds. */
public record LedgerEntry(
        String version,
        String file,
        String source,
        String checksum,
        FileOutcome outcome,
        int statements,
        long durationMillis) {}
