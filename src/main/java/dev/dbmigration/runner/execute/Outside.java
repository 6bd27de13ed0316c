package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.Step;
import dev.dbmigration.runner.remains.Finding;
import dev.dbmigration.runner.remains.Leftovers;
import dev.dbmigration.runner.remains.Remains;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.StatementWords;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Statements that run outside transactions. The ledger is told before one begins and after it has ended, so that where
 * nobody saw its end the next attempt looks at what it has left.
 */
record Outside(Workplace at, MigrationFile file, Execution execution, Progress progress) {

    void run(Statement statement) throws SQLException {
        Remains remains = Leftovers.of(statement);
        Optional<Step> begun = progress.begun(statement);
        if (begun.isPresent()) {
            goOn(statement, remains.look(at.connection(), begun.get().before()));
        } else {
            String before = remains.before(at.connection());
            at.inOurTransaction(() -> progress.begin(statement, before));
            execute(statement);
        }
    }

    private void goOn(Statement statement, Finding finding) throws SQLException {
        at.log()
                .line(file.name() + " statement " + statement.ordinal() + ", begun by an earlier attempt: "
                        + finding.what());
        if (finding instanceof Finding.Done done) {
            for (String sql : done.then()) {
                execution.runFor(statement, sql);
            }
            execution.found(statement);
            finish(statement);
        } else if (finding instanceof Finding.Again again) {
            for (String sql : again.first()) {
                at.log().line("  " + sql);
                execution.runFor(statement, sql);
            }
            again.stays()
                    .forEach(index -> execution.warn(
                            statement,
                            "an earlier attempt has left index " + index
                                    + " INVALID; let a superuser run: DROP INDEX CONCURRENTLY " + index));
            execute(statement);
        } else if (file.options().rerunSafe()) {
            execute(statement);
        } else {
            throw partiallyApplied(statement, finding.what());
        }
    }

    private void execute(Statement statement) throws SQLException {
        progress.starts(statement);
        boolean patient = waitsWithoutBlocking(statement);
        String timeout = patient ? at.ask("SHOW lock_timeout") : null;
        if (patient) {
            at.execute("SET lock_timeout = 0");
        }
        execution.run(statement);
        if (patient) {
            at.execute("SET lock_timeout = '" + timeout + "'");
        }
        finish(statement);
    }

    private void finish(Statement statement) throws SQLException {
        at.inOurTransaction(() -> progress.finish(statement, execution));
        progress.kept(List.of(statement));
    }

    /**
     * It waits for others and blocks nobody; ended by a lock timeout, it would leave an index INVALID. Not so
     * {@code DETACH}, which locks out readers of the partition at last, and is finished wherever it was ended.
     */
    private static boolean waitsWithoutBlocking(Statement statement) {
        StatementWords words = StatementWords.of(statement.text());
        return words.contain("CONCURRENTLY") && !words.begin("ALTER");
    }

    private RunFailed partiallyApplied(Statement statement, String what) {
        String hint = "look into the database, then say what you have found: spec.sql.resolve: [{file: %s, statement:"
                + " %d, as: Applied}], or NotApplied to run it again";
        return RunFailed.in(
                file.name(),
                statement.ordinal(),
                statement.line(),
                Reason.PartiallyApplied,
                "an earlier attempt ended while this statement ran: " + what,
                hint.formatted(file.name(), statement.ordinal()));
    }
}
