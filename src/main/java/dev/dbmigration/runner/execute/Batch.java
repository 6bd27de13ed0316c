package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.runner.connect.Message;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that go to the server in one message, each in a transaction of its own with its row in the ledger. The server
 * stops at the first failure; what it has answered before tells which files are kept. An instance runs once.
 */
final class Batch {

    private final Workplace at;
    private final Message message = new Message();
    private final List<SharedFile> files;

    Batch(Workplace at, List<MigrationFile> files) {
        this.at = at;
        this.files = files.stream().map(file -> new SharedFile(at, file)).toList();
    }

    /**
     * How each file ended. Where the list is shorter than that of the files, nothing is kept of those that are missing,
     * and the first of them is to be run alone, which tells what is wrong with it.
     */
    List<FileEnd> run() throws SQLException {
        for (SharedFile file : files) {
            file.addTo(message);
        }
        SQLException failure = send();
        List<FileEnd> ends = new ArrayList<>();
        for (SharedFile file : files) {
            if (!file.isKept(message)) {
                break;
            }
            ends.add(file.kept(message));
        }
        if (failure != null) {
            ended(failure, ends);
        }
        return ends;
    }

    private SQLException send() throws SQLException {
        LockWatch.Watched watched = at.watched(files.get(0).file().options());
        try (watched) {
            at.sending(message::send);
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    private void ended(SQLException e, List<FileEnd> ends) {
        if (ends.size() == files.size()) {
            // The last COMMIT was answered, and the connection broke behind it; whatever comes next will find out.
            return;
        }
        MigrationFile first = files.get(ends.size()).file();
        if (SqlStates.connectionLost(e.getSQLState())) {
            Failure unanswered = at.failures().atCommit(e, first);
            ends.add(new FileEnd.Unanswered(Tally.result(first, FileOutcome.Failed), unanswered));
            return;
        }
        at.rollback();
        if (at.guard().stop().requested()) {
            List<Failure> told = Kept.nothing(List.of(at.failures().of(e, first, null)));
            ends.add(new FileEnd.RolledBack(Tally.result(first, FileOutcome.Failed), told));
        } else {
            at.log().line(first.name() + ": not together with other files (" + e.getSQLState() + "), so it runs alone");
        }
    }
}
