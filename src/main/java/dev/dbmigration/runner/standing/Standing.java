package dev.dbmigration.runner.standing;

import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.runner.ledger.LedgerRow;
import dev.dbmigration.runner.script.MigrationFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the files of a run stand against the ledger.
 *
 * @param files in their order
 * @param rows what the ledger has of the scope, by version
 * @param begun versions of files that an earlier run has begun statement by statement
 */
public record Standing(List<MigrationFile> files, Map<String, LedgerRow> rows, Set<String> begun) {

    /** What the ledger has of this version, whatever file it was. */
    public Optional<LedgerRow> row(MigrationFile file) {
        return Optional.ofNullable(rows.get(file.version().text()));
    }

    /** Whether it is to run: it never has, or it runs again each time it has changed. */
    public boolean isPending(MigrationFile file) {
        return row(file).map(row -> row.isOutdatedBy(file)).orElse(true);
    }

    /** Those that are to run, in their order. */
    public List<MigrationFile> pending() {
        return files.stream().filter(this::isPending).toList();
    }

    /** What is to be said of a file that is not pending, or not yet. */
    public FileOutcome outcome(MigrationFile file) {
        if (isPending(file)) {
            return FileOutcome.Pending;
        }
        boolean baseline = row(file)
                .filter(row -> row.outcome().equals(FileOutcome.Baseline.name()))
                .isPresent();
        return baseline ? FileOutcome.Baseline : FileOutcome.AlreadyApplied;
    }

    /** Whether an earlier run has begun it statement by statement, and not come to its end. */
    public boolean isBegun(MigrationFile file) {
        return begun.contains(file.version().text());
    }

    /** What was applied and is not among the files. */
    public List<LedgerRow> gone() {
        Set<String> versions = files.stream().map(file -> file.version().text()).collect(Collectors.toSet());
        return rows.values().stream()
                .filter(row -> !versions.contains(row.version()))
                .toList();
    }

    /** Whether nothing was ever applied or begun under this scope. */
    public boolean isEmpty() {
        return rows.isEmpty() && begun.isEmpty();
    }
}
