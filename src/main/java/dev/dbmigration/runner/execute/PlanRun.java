package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.PlannedFile;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.Sentence;
import dev.dbmigration.runner.ledger.Ledger;
import dev.dbmigration.runner.plan.Review;
import dev.dbmigration.runner.script.Blocks;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.standing.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at the files and at the ledger as {@link ApplyRun} would, with the same refusals, and runs nothing. */
final class PlanRun {

    /** Whatever is asked here, the server would refuse to write, and nobody is kept waiting for long. */
    private static final Map<String, String> LOOKING =
            Map.of("default_transaction_read_only", "on", "lock_timeout", "1s");

    private final Connection connection;
    private final Ledger ledger;
    private final RunInput.Sql sql;
    private final Transaction asked;
    private final List<MigrationFile> files;
    private final Tally tally;
    private final RunLog log;
    private final List<PlannedFile> plan = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    PlanRun(
            Connection connection,
            Ledger ledger,
            RunInput.Sql sql,
            List<MigrationFile> files,
            Tally tally,
            RunLog log) {
        this.connection = connection;
        this.ledger = ledger;
        this.sql = sql;
        this.asked = sql.transaction();
        this.files = files;
        this.tally = tally;
        this.log = log;
    }

    /** The report; a refusal comes as {@link RunFailed}. */
    Report run() throws SQLException {
        needed();
        SessionSettings.set(connection, LOOKING, false);
        Beginning beginning = new Beginning(files, sql.ledgerRules(), ledger, tally, log);
        Standing standing = beginning.toPlan();
        List<MigrationFile> toRun = beginning.wouldRun(standing);
        if (asked == Transaction.All) {
            AllFiles.check(toRun, standing.begun());
        }
        Review review = new Review(connection);
        for (MigrationFile file : toRun) {
            plan(review, file, standing.isBegun(file));
        }
        files.forEach(file -> tally.add(Tally.result(file, standing.outcome(file)), List.of()));
        tally.warn(warnings);
        return tally.planned(plan);
    }

    /** What stands in the way of applying, as this role and on this server, and not in that of a plan. */
    private void needed() throws SQLException {
        try {
            Beforehand.refuseReplica(connection);
            ledger.rows();
        } catch (RunFailed e) {
            String what = "Apply would end as " + e.reason() + ": "
                    + Sentence.of(e.failures().get(0));
            log.line(what);
            warnings.add(new Warning(null, 0, 0, what));
        }
    }

    private void plan(Review review, MigrationFile file, boolean begun) throws SQLException {
        EarlierSteps earlier = begun ? earlier(file) : new EarlierSteps(file, List.of());
        Manner manner = begun ? goingOn(earlier) : Manner.of(file, asked);
        PlannedFile planned = new PlannedFile(
                file.name(), manner.transaction(), file.statements().size(), manner.why());
        plan.add(planned);
        log.line("would apply " + planned.file() + " of " + file.source() + ": " + planned.transaction() + ", since "
                + planned.why());
        List<Statement> left = file.statements().stream()
                .filter(statement -> statement.ordinal() > earlier.done())
                .toList();
        look(review, file.name(), manner.transaction(), left);
    }

    private void look(Review review, String file, Transaction transaction, List<Statement> statements)
            throws SQLException {
        review.fileBegins(file);
        List<List<Statement>> transactions =
                transaction == Transaction.PerStatement ? Blocks.of(statements) : List.of(statements);
        for (List<Statement> one : transactions) {
            if (transaction != Transaction.All) {
                review.transactionBegins();
            }
            for (Statement statement : one) {
                review.look(statement).forEach(this::tell);
            }
        }
    }

    private void tell(Warning warning) {
        warnings.add(warning);
        log.line(warning.file() + " statement " + warning.statement() + ", line " + warning.line() + ": "
                + warning.reason()
                + (warning.relation() == null ? "" : " " + warning.relation() + " (" + size(warning) + ")") + ", "
                + warning.message() + "; instead: " + warning.hint());
    }

    private static String size(Warning warning) {
        return (warning.rows() == null ? "rows not known" : "about " + warning.rows() + " rows") + ", "
                + (warning.bytes() == null ? "size not known" : warning.bytes() + " bytes");
    }

    private EarlierSteps earlier(MigrationFile file) throws SQLException {
        EarlierSteps earlier =
                new EarlierSteps(file, ledger.steps(file.version().text()).read());
        earlier.refuseEdited();
        earlier.refuseLostSession();
        return earlier;
    }

    private static Manner goingOn(EarlierSteps earlier) {
        String open = earlier.isOpen() ? "; how far the next one came, only its remains can tell" : "";
        return new Manner(
                Transaction.PerStatement,
                "an earlier run has begun it so, and came to statement " + earlier.done() + open);
    }
}
