package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.runner.script.MigrationFile;

/** What the ledger is to keep of one file; who and when the database adds. */
public record LedgerEntry(MigrationFile file, FileOutcome outcome, int statements, long durationMillis) {}
