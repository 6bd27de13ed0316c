package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.Blocks;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.StatementKind;
import java.sql.SQLException;
import java.util.List;

/**
 * One file that is not one transaction: statement by statement, or by the transactions of its own. Each of them carries
 * its steps into the ledger when it commits, so that the next attempt goes on where this one ended. An instance runs
 * once.
 */
final class SteppedFile {

    private final Workplace at;
    private final MigrationFile file;
    private final Execution execution;
    private final Progress progress;
    private final Outside outside;
    private final Ending ending;
    private final HeldLocks held;

    /**
     * @param because the statement for which it was tried as one transaction in vain; null: it was not tried
     */
    SteppedFile(Workplace at, MigrationFile file, Statement because) {
        this.at = at;
        this.file = file;
        this.execution = new Execution(at, file);
        this.progress = new Progress(at, file);
        this.ending = new Ending(at);
        this.held = new HeldLocks(at, file);
        this.outside = new Outside(at, file, execution, progress);
        if (because != null) {
            execution.warn(
                    because,
                    "this cannot run in a transaction, so the file was rolled back and ran statement by statement;"
                            + " transaction=none at its head says so beforehand");
        }
    }

    FileEnd run() throws SQLException {
        at.freshSession(file.options());
        progress.open();
        try {
            for (List<Statement> block : Blocks.of(file.statements())) {
                if (progress.hasDone(block)) {
                    pass(block);
                } else {
                    at.guard().check();
                    run(block);
                }
            }
            return record();
        } catch (SQLException e) {
            return ending.failed(e, file, execution, this::partly);
        } catch (RunFailed e) {
            at.rollback();
            return partly(e.failures().stream().map(this::placed).toList());
        } catch (RuntimeException | Error e) {
            at.rollback();
            throw e;
        }
    }

    /** An earlier attempt has done it; the settings that it made went with its session. */
    private void pass(List<Statement> block) throws SQLException {
        for (Statement statement : block) {
            if (statement.kind() == StatementKind.SESSION) {
                at.execute(statement.text());
            }
            execution.alreadyDone(statement, progress.skipped(statement));
        }
    }

    private void run(List<Statement> block) throws SQLException {
        Statement first = block.get(0);
        switch (first.kind()) {
            case BEGIN -> ownTransaction(block);
            case OUTSIDE -> outside.run(first);
            // Of a transaction that nobody has begun; the server only warns.
            case COMMIT, ROLLBACK -> execution.run(first);
            default -> alone(first);
        }
    }

    private void ownTransaction(List<Statement> block) throws SQLException {
        held.before(block);
        for (Statement statement : block) {
            at.guard().check();
            if (statement.kind() == StatementKind.COMMIT) {
                at.requireTransaction();
                keep(block);
                ending.commits();
                execution.run(statement);
                kept(block);
            } else {
                execution.run(statement);
            }
        }
    }

    private void alone(Statement statement) throws SQLException {
        if (progress.begun(statement).isPresent()) {
            // Where little is left to do, it may not end its transaction this time, and would pass for new.
            outside.run(statement.outside());
            return;
        }
        held.before(List.of(statement));
        at.execute("BEGIN");
        try {
            execution.run(statement);
        } catch (SQLException e) {
            if (!SqlStates.refusesTransaction(e.getSQLState())) {
                throw e;
            }
            at.rollback();
            outside.run(statement.outside());
            return;
        }
        keep(List.of(statement));
        ending.commits();
        at.commit();
        kept(List.of(statement));
    }

    /** What the open transaction does last. */
    private void keep(List<Statement> block) throws SQLException {
        ending.lastThings();
        at.checkConstraints();
        execution.holds(held.look());
        progress.add(block, execution);
    }

    private void kept(List<Statement> block) {
        progress.kept(block);
        ending.begins();
    }

    private FileEnd record() throws SQLException {
        at.guard().check();
        at.execute("BEGIN");
        at.becomeOurselves();
        at.record(execution.entry());
        progress.clear();
        ending.commits();
        at.commit();
        return execution.kept();
    }

    private Failure placed(Failure f) {
        return f.file() != null ? f : new Failure(file.name(), 0, 0, f.sqlState(), f.reason(), f.message(), f.hint());
    }

    private FileEnd partly(List<Failure> failures) {
        return new FileEnd.Partly(execution.result(FileOutcome.Failed), progress.told(failures));
    }
}
