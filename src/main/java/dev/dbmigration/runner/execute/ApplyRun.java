package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.standing.Baseline;
import dev.dbmigration.runner.standing.Standing;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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
            return apply();
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

    private Report apply() throws SQLException, InterruptedException {
        RunInput.Sql sql = at.input().sql();
        Standing standing = new Beginning(files, sql.ledgerRules(), at.ledger(), tally, at.log()).toApply(at);
        return sql.transaction() == Transaction.All ? applyTogether(standing) : applyEach(standing);
    }

    private Report applyEach(Standing standing) throws SQLException, InterruptedException {
        Batches batches = new Batches(at, standing);
        int done = 0;
        while (done < files.size()) {
            MigrationFile file = files.get(done);
            if (!standing.isPending(file)) {
                known(Tally.result(file, standing.outcome(file)));
                done++;
                continue;
            }
            at.guard().check();
            for (FileEnd end : next(batches, files.subList(done, files.size()), standing)) {
                tell(end.result());
                tally.add(end.result(), end instanceof FileEnd.Kept kept ? kept.warnings() : List.of());
                done++;
                if (!(end instanceof FileEnd.Kept)) {
                    return report(end, standing);
                }
            }
        }
        return tally.succeeded();
    }

    /** As many files as can go together, at least one. */
    private List<FileEnd> next(Batches batches, List<MigrationFile> left, Standing standing)
            throws SQLException, InterruptedException {
        List<FileEnd> together = batches.run(left);
        MigrationFile first = left.get(0);
        return together.isEmpty() ? List.of(new OneFile(at, first, standing.isBegun(first)).run()) : together;
    }

    private Report applyTogether(Standing standing) throws SQLException, InterruptedException {
        List<MigrationFile> pending = standing.pending();
        AllFiles.check(pending, standing.begun());
        at.guard().check();
        List<FileEnd> ends = together(pending);
        Map<String, FileEnd> byFile =
                ends.stream().collect(Collectors.toMap(end -> end.result().file(), Function.identity()));
        FileEnd stopped = null;
        for (MigrationFile file : files) {
            FileEnd end = byFile.get(file.name());
            if (end == null) {
                tally.add(Tally.result(file, standing.outcome(file)), List.of());
            } else {
                tell(end.result());
                tally.add(end.result(), end instanceof FileEnd.Kept kept ? kept.warnings() : List.of());
                stopped = end instanceof FileEnd.Kept ? stopped : end;
            }
        }
        return stopped == null ? tally.succeeded() : report(stopped, standing);
    }

    private List<FileEnd> together(List<MigrationFile> pending) throws SQLException, InterruptedException {
        Patience patience = new Patience(at);
        List<FileEnd> ends;
        do {
            ends = pending.isEmpty() ? List.of() : new AllFiles(at).run(pending);
        } while (!ends.isEmpty() && patience.again(ends.get(0).failures()));
        return ends;
    }

    private Report report(FileEnd end, Standing standing) throws SQLException {
        return end instanceof FileEnd.Unanswered unanswered
                ? tally.unknown(unanswered.failure())
                : tally.failed(told(end, standing));
    }

    /** Only the first file of an empty scope can meet what was there before all files; and not what it made itself. */
    private List<Failure> told(FileEnd end, Standing standing) throws SQLException {
        MigrationFile first = standing.pending().get(0);
        boolean isFirst = first.name().equals(end.result().file()) && standing.isEmpty();
        // Asked last, since of other failures the connection may be gone.
        boolean required = isFirst
                && Baseline.mayBeMissing(first, end.failures())
                && at.ledger().begun().isEmpty();
        return required
                ? Baseline.required(end.failures(), first, at.input().sql().scope())
                : end.failures();
    }

    private void known(FileResult result) {
        tell(result);
        tally.add(result, List.of());
    }

    private void tell(FileResult result) {
        at.log().line(result.file() + ": " + result.outcome() + ", " + result.millis() + " ms");
    }
}
