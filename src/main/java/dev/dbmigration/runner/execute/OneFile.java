package dev.dbmigration.runner.execute;

import dev.dbmigration.report.RunInput.Transaction;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.SQLException;

/** One file, in the way in which it can run: as one transaction, or step by step. */
final class OneFile {

    private final Workplace at;
    private final MigrationFile file;
    private boolean stepped;
    private Statement because;

    /**
     * @param begun whether an earlier run has begun it step by step: it goes on so
     */
    OneFile(Workplace at, MigrationFile file, boolean begun) {
        this.at = at;
        this.file = file;
        this.stepped =
                begun || Manner.of(file, at.input().sql().transaction()).transaction() == Transaction.PerStatement;
    }

    /** Runs it until it ends otherwise than by a lock timeout, a deadlock or the like, or until patience is over. */
    FileEnd run() throws SQLException, InterruptedException {
        Patience patience = new Patience(at);
        FileEnd end;
        do {
            end = once();
        } while (patience.again(end.failures()));
        return end;
    }

    private FileEnd once() throws SQLException {
        if (!stepped) {
            FileEnd end = new WrappedFile(at, file).run();
            if (!(end instanceof FileEnd.NotWrapped refused)) {
                return end;
            }
            stepped = true;
            because = refused.because();
        }
        return new SteppedFile(at, file, because).run();
    }
}
