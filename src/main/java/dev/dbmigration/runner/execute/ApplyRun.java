package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
            Beforehand.refuseReplica(at.connection());
            acquireLock();
            return apply(at.ledger().checksums());
        } catch (RunFailed e) {
            return tally.failed(e.failures());
        } catch (SQLException e) {
            return tally.failed(List.of(at.failures().of(e, null, null)));
        }
    }

    /** As who has logged in, since the attempts before this one did so too. */
    private void acquireLock() throws SQLException, InterruptedException {
        at.settings().leaveRole(at.connection());
        at.lock().acquire(at.input().sql().lockWaitMillis(), at.ticker());
        at.settings().takeRole(at.connection());
    }

    private Report apply(Map<String, String> recorded) throws SQLException, InterruptedException {
        Beforehand.refuseEdited(files, recorded);
        Set<String> begun = at.ledger().begun();
        return at.input().sql().transaction() == Transaction.All
                ? applyTogether(recorded, begun)
                : applyEach(recorded, begun);
    }

    private Report applyEach(Map<String, String> recorded, Set<String> begun)
            throws SQLException, InterruptedException {
        for (MigrationFile file : files) {
            if (recorded.containsKey(file.version().text())) {
                alreadyApplied(file);
                continue;
            }
            at.guard().check();
            FileEnd end = new OneFile(at, file, begun.contains(file.version().text())).run();
            tell(end.result());
            if (end instanceof FileEnd.Kept kept) {
                tally.add(kept.result(), kept.warnings());
            } else {
                return stoppedBy(end);
            }
        }
        return tally.succeeded();
    }

    private Report applyTogether(Map<String, String> recorded, Set<String> begun)
            throws SQLException, InterruptedException {
        List<MigrationFile> pending = files.stream()
                .filter(file -> !recorded.containsKey(file.version().text()))
                .toList();
        AllFiles.check(pending, begun);
        at.guard().check();
        List<FileEnd> ends = together(pending);
        Map<String, FileEnd> byFile =
                ends.stream().collect(Collectors.toMap(end -> end.result().file(), Function.identity()));
        FileEnd stopped = null;
        for (MigrationFile file : files) {
            FileEnd end = byFile.get(file.name());
            if (end == null) {
                boolean known = recorded.containsKey(file.version().text());
                tally.add(Tally.result(file, known ? FileOutcome.AlreadyApplied : FileOutcome.Pending), List.of());
            } else {
                tell(end.result());
                tally.add(end.result(), end instanceof FileEnd.Kept kept ? kept.warnings() : List.of());
                stopped = end instanceof FileEnd.Kept ? stopped : end;
            }
        }
        return stopped == null ? tally.succeeded() : report(stopped);
    }

    private List<FileEnd> together(List<MigrationFile> pending) throws SQLException, InterruptedException {
        Patience patience = new Patience(at);
        List<FileEnd> ends;
        do {
            ends = pending.isEmpty() ? List.of() : new AllFiles(at).run(pending);
        } while (!ends.isEmpty() && patience.again(ends.get(0).failures()));
        return ends;
    }

    private Report stoppedBy(FileEnd end) {
        tally.add(end.result(), List.of());
        return report(end);
    }

    private Report report(FileEnd end) {
        return end instanceof FileEnd.Unanswered unanswered
                ? tally.unknown(unanswered.failure())
                : tally.failed(end.failures());
    }

    private void alreadyApplied(MigrationFile file) {
        FileResult result = Tally.result(file, FileOutcome.AlreadyApplied);
        tell(result);
        tally.add(result, List.of());
    }

    private void tell(FileResult result) {
        at.log().line(result.file() + ": " + result.outcome() + ", " + result.millis() + " ms");
    }
}
