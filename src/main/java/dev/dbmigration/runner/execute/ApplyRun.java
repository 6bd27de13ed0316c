package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.FileOptions;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Applies files in order: under the lock, each in its transaction, those that the ledger knows left out. Runs once. */
final class ApplyRun {

    private final Workplace at;
    private final List<MigrationFile> files;
    private final Tally tally;

    ApplyRun(Workplace at, List<MigrationFile> files) {
        this.at = at;
        this.files = files;
        this.tally = new Tally(files);
    }

    Report run() throws InterruptedException {
        try {
            refuseReplica(at.connection());
            RunInput.Sql sql = at.input().sql();
            at.lock().acquire(sql.lockWaitMillis(), at.ticker());
            return apply(at.ledger().checksums());
        } catch (RunFailed e) {
            return tally.failed(e.failures());
        } catch (SQLException e) {
            return tally.failed(List.of(at.failures().of(e, null, null)));
        }
    }

    private Report apply(Map<String, String> recorded) throws SQLException {
        refuseEdited(recorded);
        Set<String> begun = at.ledger().begun();
        for (MigrationFile file : files) {
            if (recorded.containsKey(file.version().text())) {
                alreadyApplied(file);
                continue;
            }
            at.guard().check();
            FileEnd end = run(file, begun.contains(file.version().text()));
            tell(end.result());
            if (end instanceof FileEnd.Kept kept) {
                tally.add(kept.result(), kept.warnings());
            } else {
                return stoppedBy(end);
            }
        }
        return tally.succeeded();
    }

    private Report stoppedBy(FileEnd end) {
        tally.add(end.result(), List.of());
        return end instanceof FileEnd.Unanswered unanswered
                ? tally.unknown(unanswered.failure())
                : tally.failed(end.failures());
    }

    private FileEnd run(MigrationFile file, boolean begun) throws SQLException {
        if (begun || isStepped(file)) {
            return new SteppedFile(at, file).run();
        }
        FileEnd end = new WrappedFile(at, file).run();
        if (end instanceof FileEnd.NotWrapped refused) {
            return new SteppedFile(at, file).insteadOfWrapped(refused.because()).run();
        }
        return end;
    }

    /** As the file says, else as it has to be, else as the resource says. */
    private boolean isStepped(MigrationFile file) {
        return file.notWrapped().isPresent()
                || (file.options().transaction() == null
                        ? at.input().sql().transaction() == Transaction.PerStatement
                        : file.options().transaction() == FileOptions.Wrapping.STATEMENT);
    }

    private void alreadyApplied(MigrationFile file) {
        FileResult result = Tally.result(file, FileOutcome.AlreadyApplied);
        tell(result);
        tally.add(result, List.of());
    }

    private void tell(FileResult result) {
        at.log().line(result.file() + ": " + result.outcome() + ", " + result.millis() + " ms");
    }

    /** All of them, before the first statement. */
    private void refuseEdited(Map<String, String> recorded) {
        List<Failure> edited = files.stream()
                .filter(file -> recorded.containsKey(file.version().text()))
                .filter(file -> !recorded.get(file.version().text()).equals(file.checksum()))
                .map(file -> edited(file, recorded.get(file.version().text())))
                .toList();
        if (!edited.isEmpty()) {
            throw new RunFailed(edited);
        }
    }

    private static Failure edited(MigrationFile file, String recorded) {
        String message = "the file is not the one that was applied as version %s: checksum %s, in the ledger %s"
                .formatted(file.version().text(), brief(file.checksum()), brief(recorded));
        String hint = "put the file back as it was, and make the change in a new file";
        return new Failure(file.name(), 0, 0, null, Reason.ChecksumMismatch, message, hint);
    }

    private static String brief(String checksum) {
        return checksum.substring(0, Math.min(12, checksum.length()));
    }

    private static void refuseReplica(Connection connection) throws SQLException {
        String sql = "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only')::bool";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            if (row.getBoolean(1) || row.getBoolean(2)) {
                throw RunFailed.because(
                        Reason.ReadOnlyDatabase,
                        row.getBoolean(1) ? "this server is a replica" : "this session is read-only",
                        "name the primary in spec.database.host; see also default_transaction_read_only");
            }
        }
    }
}
