package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.LedgerRow;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Pending files that come before one that was applied from the same source, also if that one is gone. */
final class OutOfOrder {

    private OutOfOrder() {}

    /**
     * What a person should know of such files, where they are allowed.
     *
     * @throws RunFailed with all of them, where they are not
     */
    static List<Warning> check(Standing standing, LedgerRules.OutOfOrder rule) {
        List<Failure> failures = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        for (MigrationFile file : standing.pending()) {
            later(file, standing).ifPresent(version -> {
                failures.add(refused(file, version));
                warnings.add(new Warning(
                        file.name(), 0, 0, "it runs behind version " + version + ", as spec.sql.outOfOrder allows"));
            });
        }
        if (rule == LedgerRules.OutOfOrder.Refuse && !failures.isEmpty()) {
            throw new RunFailed(failures);
        }
        return warnings;
    }

    /** The last version that was applied although it comes behind this file; names have no order among themselves. */
    private static Optional<Version> later(MigrationFile file, Standing standing) {
        if (file.version().isName()) {
            return Optional.empty();
        }
        String origin = Origin.of(file.source());
        return standing.rows().values().stream()
                .filter(row -> Origin.of(standing.sourceOf(row)).equals(origin))
                .map(LedgerRow::version)
                .map(Version::of)
                .filter(version -> version.compareTo(file.version()) > 0)
                .max(Comparator.naturalOrder());
    }

    private static Failure refused(MigrationFile file, Version later) {
        return new Failure(
                file.name(),
                0,
                0,
                null,
                Reason.OutOfOrder,
                "version " + file.version() + " comes before " + later + ", which was applied from the same source",
                "give the file a version behind " + later + ", or set spec.sql.outOfOrder: Allow");
    }
}
