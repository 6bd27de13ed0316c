package dev.dbmigration.runner.standing;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.Accepted;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.LedgerRow;
import dev.dbmigration.runner.script.MigrationFile;
import java.util.ArrayList;
import java.util.List;

/** Files that are not, byte by byte, what the ledger has recorded: told where they read alike, else refused. */
public final class Edited {

    private final List<Accepted> accepted;
    private final List<Failure> failures = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    private Edited(List<Accepted> accepted) {
        this.accepted = accepted;
    }

    /**
     * What a person should know of files that differ in white space alone, or are accepted as they are.
     *
     * @throws RunFailed with all files that differ otherwise
     */
    public static List<Warning> check(Standing standing, List<Accepted> accepted) {
        Edited edited = new Edited(accepted);
        for (MigrationFile file : standing.files()) {
            standing.row(file)
                    .filter(row -> !standing.isPending(file))
                    .filter(row -> !row.checksum().equals(file.sums().bytes()))
                    .ifPresent(row -> edited.differs(file, row));
        }
        if (!edited.failures.isEmpty()) {
            throw new RunFailed(edited.failures);
        }
        return edited.warnings;
    }

    private void differs(MigrationFile file, LedgerRow row) {
        if (file.sums().text().equals(row.textChecksum())) {
            warn(
                    file,
                    file.down().lines().isEmpty()
                            ? "the file was applied with other white space, such as line ends; it reads alike"
                            : "the file was applied with another way down, or other white space; its way up reads"
                                    + " alike, and the ledger keeps the way down that it had");
        } else if (accepted.stream().anyMatch(entry -> accepts(entry, file))) {
            warn(file, "the file is another one than was applied, and accepted by spec.sql.acceptChecksums");
        } else {
            failures.add(mismatch(file, row));
        }
    }

    private static boolean accepts(Accepted entry, MigrationFile file) {
        return entry.file().equals(file.name()) && file.sums().bytes().startsWith(entry.checksum());
    }

    private void warn(MigrationFile file, String message) {
        warnings.add(new Warning(file.name(), 0, 0, message));
    }

    private static Failure mismatch(MigrationFile file, LedgerRow row) {
        String now = brief(file.sums().bytes());
        String message = "the file is not the one that was applied as version %s: checksum %s, in the ledger %s"
                .formatted(file.version().text(), now, brief(row.checksum()));
        String hint = "put the file back as it was, and make the change in a new file; or leave it so by"
                + " spec.sql.acceptChecksums: [{file: " + file.name() + ", checksum: \"" + now + "\"}]";
        return new Failure(file.name(), 0, 0, null, Reason.ChecksumMismatch, message, hint);
    }

    private static String brief(String checksum) {
        return checksum.substring(0, Math.min(12, checksum.length()));
    }
}
