package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.SQLException;
import java.util.List;

/** One file in one transaction with its ledger row. An instance runs once. */
final class WrappedFile {

    private final Workplace at;
    private final MigrationFile file;
    private final Execution execution;
    private final Ending ending;
    private final HeldLocks held;

    WrappedFile(Workplace at, MigrationFile file) {
        this.at = at;
        this.file = file;
        this.execution = new Execution(at, file);
        this.ending = new Ending(at);
        this.held = new HeldLocks(at, file);
    }

    FileEnd run() throws SQLException {
        new Opening(at, file, held).run();
        try {
            new Statements(at, file, execution).run();
            at.guard().check();
            return commit();
        } catch (SQLException e) {
            return failed(e);
        } catch (RunFailed e) {
            return ended(e);
        } catch (RuntimeException | Error e) {
            at.rollback();
            throw e;
        }
    }

    private FileEnd commit() throws SQLException {
        ending.lastThings();
        at.checkConstraints();
        at.guard().check();
        execution.holds(held.look());
        at.recordAndCommit(execution.entry(), ending);
        return execution.kept();
    }

    private FileEnd failed(SQLException e) {
        if (ending.isFarOff() && SqlStates.refusesTransaction(e.getSQLState())) {
            at.rollback();
            return new FileEnd.NotWrapped(execution.result(FileOutcome.Failed), execution.current());
        }
        return ending.failed(e, file, execution, this::rolledBack);
    }

    /** Ours, not the server's: it is this file's failure once one of its statements has run, or where it says so. */
    private FileEnd ended(RunFailed e) {
        at.rollback();
        if (!execution.hasRunAny() && e.failures().get(0).file() == null) {
            throw e;
        }
        return rolledBack(e.failures().stream().map(this::placed).toList());
    }

    private Failure placed(Failure f) {
        return f.file() != null ? f : new Failure(file.name(), 0, 0, f.sqlState(), f.reason(), f.message(), f.hint());
    }

    /** A file that fails is rolled back, as everybody expects; one that was interrupted says so. */
    private FileEnd rolledBack(List<Failure> failures) {
        boolean stopped =
                failures.get(0).reason() == Reason.PodEvicted || failures.get(0).reason() == Reason.DeadlineExceeded;
        List<Failure> told = stopped ? Kept.nothing(failures) : failures;
        return new FileEnd.RolledBack(execution.result(FileOutcome.Failed), told);
    }
}
