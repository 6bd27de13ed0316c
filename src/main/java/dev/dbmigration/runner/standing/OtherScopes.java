package dev.dbmigration.runner.standing;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.RunInput.ResourceName;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.Elsewhere;
import dev.dbmigration.runner.ledger.Ledger;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The same file, applied under another scope to the same schema: a resource that was renamed, or a copy of it. */
public final class OtherScopes {

    private OtherScopes() {}

    /**
     * Looks for files there that are to run.
     *
     * @throws RunFailed with all that are found
     */
    public static void refuse(List<MigrationFile> toRun, Standing standing, Ledger ledger) throws SQLException {
        List<MigrationFile> files = toRun.stream()
                .filter(file -> !file.version().isRepeatable() && !standing.isBegun(file))
                .toList();
        if (files.isEmpty()) {
            return;
        }
        List<Elsewhere> found =
                ledger.elsewhere(files.stream().map(file -> file.sums().bytes()).toList());
        List<Failure> failures = files.stream()
                .flatMap(file -> same(file, found).map(row -> failure(file, row)).stream())
                .toList();
        if (!failures.isEmpty()) {
            throw new RunFailed(failures);
        }
    }

    private static Optional<Elsewhere> same(MigrationFile file, List<Elsewhere> found) {
        return found.stream()
                .filter(row -> row.version().equals(file.version().text()))
                .filter(row -> row.checksum().equals(file.sums().bytes()))
                .findFirst();
    }

    private static Failure failure(MigrationFile file, Elsewhere row) {
        ResourceName by = row.resource();
        return new Failure(
                file.name(),
                0,
                0,
                null,
                Reason.InvalidSpec,
                "%s %s/%s has applied this very file to the same schema, under the scope %s"
                        .formatted(by.kind(), by.namespace(), by.name(), row.scope()),
                "if that was this migration, set spec.sql.ledger.scope: " + row.scope()
                        + "; if it is to run once more, let the file differ, by a comment");
    }
}
