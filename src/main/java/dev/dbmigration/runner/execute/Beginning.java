package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.LedgerRules;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.Ledger;
import dev.dbmigration.runner.ledger.LedgerEntry;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.standing.Baseline;
import dev.dbmigration.runner.standing.Edited;
import dev.dbmigration.runner.standing.Gone;
import dev.dbmigration.runner.standing.OtherScopes;
import dev.dbmigration.runner.standing.OutOfOrder;
import dev.dbmigration.runner.standing.Standing;
import java.sql.SQLException;
import java.util.List;

/** What comes before the first file: the ledger is read, and what speaks against the run is said. */
final class Beginning {

    private final List<MigrationFile> files;
    private final LedgerRules rules;
    private final Ledger ledger;
    private final Tally tally;
    private final RunLog log;

    Beginning(List<MigrationFile> files, LedgerRules rules, Ledger ledger, Tally tally, RunLog log) {
        this.files = files;
        this.rules = rules;
        this.ledger = ledger;
        this.tally = tally;
        this.log = log;
    }

    /**
     * How the files stand, with a baseline recorded where one is asked for; under the lock.
     *
     * @throws RunFailed where they may not be applied as they are
     */
    Standing toApply(Workplace at) throws SQLException {
        Standing standing = judged(read());
        if (!standing.pending().isEmpty()) {
            ledger.prepare();
            List<MigrationFile> held = baseline(standing);
            if (!held.isEmpty()) {
                record(at, held);
                log.line("files recorded as baseline: " + held.size());
                standing = read();
            }
            OtherScopes.refuse(standing.pending(), standing, ledger);
        }
        return standing;
    }

    /** In one transaction. */
    private static void record(Workplace at, List<MigrationFile> held) throws SQLException {
        at.inOurTransaction(() -> {
            for (MigrationFile file : held) {
                at.record(new LedgerEntry(file, FileOutcome.Baseline, 0, 0));
            }
        });
    }

    /** The same by a look alone, at a ledger that may not be there. */
    Standing toPlan() throws SQLException {
        return judged(new Standing(files, ledger.seen(), ledger.begun()));
    }

    /**
     * Of {@link #toPlan}, the files that would run.
     *
     * @throws RunFailed where they may not be applied as they are
     */
    List<MigrationFile> wouldRun(Standing standing) throws SQLException {
        List<MigrationFile> held = standing.pending().isEmpty() ? List.of() : baseline(standing);
        if (!held.isEmpty()) {
            log.line("files that would be recorded as baseline: " + held.size());
        }
        List<MigrationFile> toRun =
                standing.pending().stream().filter(file -> !held.contains(file)).toList();
        OtherScopes.refuse(toRun, standing, ledger);
        return toRun;
    }

    private Standing read() throws SQLException {
        return new Standing(files, ledger.rows(), ledger.begun());
    }

    private Standing judged(Standing standing) {
        warn(Edited.check(standing, rules.acceptChecksums()));
        Gone gone = Gone.of(standing);
        tally.ahead(gone.ahead());
        warn(gone.check(rules.onMissing()));
        warn(OutOfOrder.check(standing, rules.outOfOrder()));
        return standing;
    }

    private List<MigrationFile> baseline(Standing standing) {
        if (rules.baseline() == null) {
            return List.of();
        }
        if (!standing.isEmpty()) {
            log.line("not looked at: spec.sql.baseline, since the scope is not empty");
            return List.of();
        }
        return Baseline.held(files, rules.baseline());
    }

    private void warn(List<Warning> warnings) {
        warnings.forEach(warning -> log.line(warning.file() + ": " + warning.message()));
        tally.warn(warnings);
    }
}
