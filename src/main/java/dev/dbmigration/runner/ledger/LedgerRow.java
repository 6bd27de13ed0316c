package dev.dbmigration.runner.ledger;

import dev.dbmigration.runner.script.MigrationFile;
import java.util.Objects;

/**
 * What stands in the ledger for one version of a scope.
 *
 * @param source what a person called the source the file came from
 * @param outcome as it was recorded: Applied, Skipped or Baseline
 * @param checksum SHA-256 of the file's bytes as it was applied
 * @param textChecksum SHA-256 of the file as it read; null where an earlier release has written the row
 * @param variables SHA-256 of the values that it used, or empty; null where an earlier release has written the row
 */
public record LedgerRow(
        String version,
        String file,
        String source,
        String outcome,
        String checksum,
        String textChecksum,
        String variables) {

    /** Whether the very file was applied, with the values of variables that it has now. */
    boolean isOf(MigrationFile now) {
        return checksum.equals(now.sums().bytes())
                && Objects.requireNonNullElse(variables, "").equals(now.sums().variables());
    }

    /** Whether {@code now} is to run although this row is there. */
    public boolean isOutdatedBy(MigrationFile now) {
        return now.version().isRepeatable() && !isOf(now);
    }
}
