package dev.dbmigration.runner.replay;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.Ledger;
import dev.dbmigration.runner.ledger.LedgerRow;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Version;
import dev.dbmigration.runner.standing.Edited;
import dev.dbmigration.runner.standing.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the files at hand are all that have made the database, without which a replay of them proves nothing. */
record Foundation(List<MigrationFile> files, RunInput.Sql sql, String schema) {

    private static final String WHOLE = "a replay needs all files from the first one on; put it back, or leave"
            + " expectedSchema out and check single objects";

    /**
     * Reads the target's ledger; where there is none, as in a copy of the schema alone, nothing speaks against the files.
     *
     * @throws RunFailed where files are missing, or others than were applied
     */
    void check(Connection target) throws SQLException {
        refuseMissingBaseline();
        Ledger ledger = new Ledger(target, sql.ledgerSchema(), sql.scope(), schema, false);
        Map<String, LedgerRow> rows = ledger.seen();
        if (rows.isEmpty()) {
            return;
        }
        Standing standing = new Standing(files, rows, Set.of());
        Edited.check(standing, sql.ledgerRules().acceptChecksums());
        for (LedgerRow row : standing.gone()) {
            throw RunFailed.in(
                    row.file(), 0, 0, Reason.FileMissing, "the file stands in the ledger and is not at hand", WHOLE);
        }
        for (MigrationFile file : standing.pending()) {
            throw RunFailed.in(
                    file.name(),
                    0,
                    0,
                    Reason.InvalidSpec,
                    "the file is not applied yet",
                    "let the migration run first");
        }
    }

    private void refuseMissingBaseline() {
        String baseline = sql.ledgerRules().baseline();
        if (baseline == null) {
            return;
        }
        Version last = Version.of(baseline);
        if (files.stream().noneMatch(file -> file.version().equals(last))) {
            throw RunFailed.because(
                    Reason.FileMissing,
                    "the database held everything up to " + baseline
                            + " before its first run, and these files are not at hand",
                    WHOLE);
        }
    }
}
