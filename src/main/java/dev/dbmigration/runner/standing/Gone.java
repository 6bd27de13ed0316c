package dev.dbmigration.runner.standing;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.LedgerRow;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Version;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was applied and is not among the files: behind their last version the database is ahead of them, as after an
 * application was rolled back; before it, files are missing.
 *
 * @param missing in the order of their versions
 */
public record Gone(int ahead, List<LedgerRow> missing) {

    private static final int NAMED = 5;

    /** What is gone, by where its version stands to those of the files. */
    public static Gone of(Standing standing) {
        Map<Boolean, List<LedgerRow>> byPlace = standing.gone().stream()
                .sorted((row, other) -> Version.of(row.version()).compareTo(Version.of(other.version())))
                .collect(Collectors.partitioningBy(row -> isBehindAll(row, standing.files())));
        return new Gone(byPlace.get(true).size(), byPlace.get(false));
    }

    /** Behind all files of its source, if that is still there, else behind all files. */
    private static boolean isBehindAll(LedgerRow row, List<MigrationFile> files) {
        List<MigrationFile> numbered =
                files.stream().filter(file -> !file.version().isName()).toList();
        List<MigrationFile> same = numbered.stream()
                .filter(file -> Origin.of(file.source()).equals(Origin.of(row.source())))
                .toList();
        Version version = Version.of(row.version());
        return !version.isName()
                && !numbered.isEmpty()
                && (same.isEmpty() ? numbered : same)
                        .stream().allMatch(file -> file.version().compareTo(version) < 0);
    }

    /**
     * What a person should know of missing files.
     *
     * @throws RunFailed with all of them, where they are needed
     */
    public List<Warning> check(LedgerRules.OnMissing rule) {
        if (missing.isEmpty()) {
            return List.of();
        }
        if (rule == LedgerRules.OnMissing.Fail) {
            throw new RunFailed(missing.stream().map(Gone::failure).toList());
        }
        String first = missing.get(0).file();
        String others =
                missing.stream().skip(1).limit(NAMED).map(LedgerRow::file).collect(Collectors.joining(", "));
        int more = missing.size() - 1 - NAMED;
        return List.of(new Warning(
                first,
                0,
                0,
                "the file was applied and is gone" + (others.isEmpty() ? "" : "; so are " + others)
                        + (more > 0 ? " and " + more + " more" : "")));
    }

    private static Failure failure(LedgerRow row) {
        return new Failure(
                row.file(),
                0,
                0,
                null,
                Reason.FileMissing,
                "the file was applied as version " + row.version() + " and is gone",
                "put it back, or set spec.sql.onMissing: Warn");
    }
}
