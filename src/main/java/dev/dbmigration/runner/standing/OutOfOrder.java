package dev.dbmigration.runner.standing;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.LedgerRow;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pending files that come before one that was applied from the same source, also if that one is gone. */
public final class OutOfOrder {

    private OutOfOrder() {}

    /**
     * What a person should know of such files, where they are allowed.
     *
     * @throws RunFailed with all of them, where they are not
     */
    public static List<Warning> check(Standing standing, LedgerRules.OutOfOrder rule) {
        List<Failure> failures = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        Map<String, Version> last = lastApplied(standing);
        for (MigrationFile file : standing.pending()) {
            Version version = last.get(Origin.of(file.source()));
            if (version != null && !file.version().isName() && version.compareTo(file.version()) > 0) {
                failures.add(refused(file, version));
                warnings.add(new Warning(
                        file.name(), 0, 0, "it runs behind version " + version + ", as spec.sql.outOfOrder allows"));
            }
        }
        if (rule == LedgerRules.OutOfOrder.Refuse && !failures.isEmpty()) {
            throw new RunFailed(failures);
        }
        return warnings;
    }

    /** The last version of each source that is in the ledger; names, which have no order, come before all numbers. */
    private static Map<String, Version> lastApplied(Standing standing) {
        Map<String, String> sources = standing.files().stream()
                .collect(Collectors.toMap(file -> file.version().text(), MigrationFile::source));
        Map<String, Version> last = new HashMap<>();
        for (LedgerRow row : standing.rows().values()) {
            String origin = Origin.of(sources.getOrDefault(row.version(), row.source()));
            last.merge(origin, Version.of(row.version()), (one, other) -> one.compareTo(other) >= 0 ? one : other);
        }
        return last;
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
