package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.SQLException;
import java.util.List;

/** What comes before the first file, under the lock: the ledger is read, and what speaks against the run is said. */
final class Beginning {

    private final Workplace at;
    private final List<MigrationFile> files;
    private final Tally tally;
    private final LedgerRules rules;

    Beginning(Workplace at, List<MigrationFile> files, Tally tally) {
        this.at = at;
        this.files = files;
        this.tally = tally;
        this.rules = at.input().sql().ledgerRules();
    }

    /**
     * How the files stand.
     *
     * @throws RunFailed where they may not be applied as they are
     */
    Standing standing() throws SQLException {
        Standing standing = read();
        warn(Edited.check(standing, rules.acceptChecksums()));
        Gone gone = Gone.of(standing);
        tally.ahead(gone.ahead());
        warn(gone.check(rules.onMissing()));
        if (standing.pending().isEmpty()) {
            return standing;
        }
        warn(OutOfOrder.check(standing, rules.outOfOrder()));
        at.ledger().prepare();
        standing = baseline(standing);
        OtherScopes.refuse(standing, at.ledger());
        return standing;
    }

    private Standing baseline(Standing standing) throws SQLException {
        if (rules.baseline() == null) {
            return standing;
        }
        if (!standing.isEmpty()) {
            at.log().line("not looked at: spec.sql.baseline, since the scope is not empty");
            return standing;
        }
        int held = Baseline.record(at, files, rules.baseline());
        at.log().line("files recorded as baseline: " + held);
        return read();
    }

    private Standing read() throws SQLException {
        return new Standing(files, at.ledger().rows(), at.ledger().begun());
    }

    private void warn(List<Warning> warnings) {
        warnings.forEach(warning -> at.log().line(warning.file() + ": " + warning.message()));
        tally.warn(warnings);
    }
}
