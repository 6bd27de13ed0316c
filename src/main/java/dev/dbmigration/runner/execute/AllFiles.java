package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.FileOptions;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Several files in one transaction with their ledger rows: all of them are kept, or none. An instance runs once. */
final class AllFiles {

    private final Workplace at;
    private final Ending ending;
    private final HeldLocks held;
    private final List<FileEnd> ends = new ArrayList<>();
    private Execution execution;
    private MigrationFile current;

    AllFiles(Workplace at) {
        this.at = at;
        this.ending = new Ending(at);
        this.held = new HeldLocks(at, null);
    }

    /**
     * Refuses files that cannot be part of it, before anything runs.
     *
     * @param begun versions of files that an earlier run has begun statement by statement
     */
    static void check(List<MigrationFile> files, Set<String> begun) {
        List<Failure> failures = new ArrayList<>();
        for (MigrationFile file : files) {
            Optional<Statement> apart = file.notWrapped();
            if (apart.isPresent()) {
                String why = "this cannot be part of one transaction over all files";
                failures.add(refused(file, apart.get().ordinal(), apart.get().line(), why));
            } else if (file.options().transaction() == FileOptions.Wrapping.STATEMENT) {
                failures.add(refused(file, 0, 0, "the file asks to run statement by statement"));
            }
            if (begun.contains(file.version().text())) {
                failures.add(refused(file, 0, 0, "an earlier run has begun this file statement by statement"));
            }
        }
        if (!failures.isEmpty()) {
            throw new RunFailed(failures);
        }
    }

    private static Failure refused(MigrationFile file, int statement, int line, String why) {
        String instead = "set spec.sql.transaction to PerFile";
        return new Failure(file.name(), statement, line, null, Reason.TransactionState, why, instead);
    }

    /** How each file ended, up to the one that failed: then those before it have left nothing either. */
    List<FileEnd> run(List<MigrationFile> files) throws SQLException {
        at.lock().renew();
        held.before(files.stream().flatMap(file -> file.statements().stream()).toList());
        at.execute("BEGIN");
        try {
            for (MigrationFile file : files) {
                run(file);
            }
            at.guard().check();
            ending.commits();
            at.commit();
            return ends;
        } catch (SQLException e) {
            return List.of(ending.failed(e, current, execution, this::rolledBack));
        } catch (RunFailed e) {
            at.rollback();
            return List.of(rolledBack(e.failures()));
        } catch (RuntimeException | Error e) {
            at.rollback();
            throw e;
        }
    }

    private void run(MigrationFile file) throws SQLException {
        current = file;
        ending.begins();
        execution = new Execution(at, file);
        at.resetSession(file.options());
        new Statements(at, file, execution).run();
        ending.lastThings();
        at.checkConstraints();
        execution.holds(held.look());
        at.record(execution.entry());
        ends.add(execution.kept());
    }

    private FileEnd rolledBack(List<Failure> failures) {
        return new FileEnd.RolledBack(execution.result(FileOutcome.Failed), Kept.ofNoFile(failures));
    }
}
