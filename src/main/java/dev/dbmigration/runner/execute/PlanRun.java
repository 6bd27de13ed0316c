package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.Report.PlannedFile;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.Sentence;
import dev.dbmigration.runner.ledger.Ledger;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the files and at the ledger as {@link ApplyRun} would, with the same refusals, and runs nothing. */
final class PlanRun {

    /** Whatever is asked here, the server would refuse to write, and nobody is kept waiting for long. */
    private static final Map<String, String> LOOKING =
            Map.of("default_transaction_read_only", "on", "lock_timeout", "1s");

    private final Connection connection;
    private final Ledger ledger;
    private final Transaction asked;
    private final List<MigrationFile> files;
    private final Tally tally;
    private final RunLog log;
    private final List<PlannedFile> plan = new ArrayList<>();

    PlanRun(
            Connection connection,
            Ledger ledger,
            Transaction asked,
            List<MigrationFile> files,
            Tally tally,
            RunLog log) {
        this.connection = connection;
        this.ledger = ledger;
        this.asked = asked;
        this.files = files;
        this.tally = tally;
        this.log = log;
    }

    /** The report; a refusal comes as {@link RunFailed}. */
    Report run() throws SQLException {
        List<Warning> needed = needed();
        SessionSettings.set(connection, LOOKING, false);
        Map<String, String> recorded = ledger.seen();
        Beforehand.refuseEdited(files, recorded);
        Set<String> begun = ledger.begun();
        List<MigrationFile> pending = files.stream()
                .filter(file -> !recorded.containsKey(file.version().text()))
                .toList();
        if (asked == Transaction.All) {
            AllFiles.check(pending, begun);
        }
        for (MigrationFile file : pending) {
            plan(file, begun.contains(file.version().text()));
        }
        files.forEach(file -> tally.add(
                Tally.result(
                        file,
                        recorded.containsKey(file.version().text()) ? FileOutcome.AlreadyApplied : FileOutcome.Pending),
                List.of()));
        tally.warn(needed);
        return tally.planned(plan);
    }

    /** What stands in the way of applying, as this role and on this server, and not in that of a plan. */
    private List<Warning> needed() throws SQLException {
        List<Warning> needed = new ArrayList<>();
        try {
            Beforehand.refuseReplica(connection);
            ledger.checksums();
        } catch (RunFailed e) {
            String what = "Apply would end as " + e.reason() + ": "
                    + Sentence.of(e.failures().get(0));
            log.line(what);
            needed.add(new Warning(null, 0, 0, what));
        }
        return needed;
    }

    private void plan(MigrationFile file, boolean begun) throws SQLException {
        Manner manner = begun ? goingOn(file) : Manner.of(file, asked);
        PlannedFile planned = new PlannedFile(
                file.name(), manner.transaction(), file.statements().size(), manner.why());
        plan.add(planned);
        log.line("would apply " + planned.file() + " of " + file.source() + ": " + planned.transaction() + ", since "
                + planned.why());
    }

    private Manner goingOn(MigrationFile file) throws SQLException {
        EarlierSteps earlier =
                new EarlierSteps(file, ledger.steps(file.version().text()).read());
        earlier.refuseEdited();
        earlier.refuseLostSession();
        String open = earlier.isOpen() ? "; how far the next one came, only its remains can tell" : "";
        return new Manner(
                Transaction.PerStatement,
                "an earlier run has begun it so, and " + earlier.done() + " of its statements are applied" + open);
    }
}
