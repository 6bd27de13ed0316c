package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult.FileOutcome;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** How near a transaction is to its end, and what a failure means there. */
final class Ending {

    private enum Stage {
        STATEMENTS,
        LAST_THINGS,
        COMMIT
    }

    private final Workplace at;
    private Stage stage = Stage.STATEMENTS;

    Ending(Workplace at) {
        this.at = at;
    }

    /** A transaction begins, or the next one. */
    void begins() {
        stage = Stage.STATEMENTS;
    }

    /** Its statements have run: from here on a failure is that of COMMIT, where deferred constraints are checked. */
    void lastThings() {
        stage = Stage.LAST_THINGS;
    }

    /** From here on a lost connection says nothing of what is kept. */
    void commits() {
        stage = Stage.COMMIT;
    }

    /** Whether what fails is still a statement. */
    boolean isFarOff() {
        return stage == Stage.STATEMENTS;
    }

    /** What comes of a failure: nobody knows, or it is rolled back here, and {@code rolledBack} says what that means. */
    FileEnd failed(
            SQLException e, MigrationFile file, Execution execution, Function<List<Failure>, FileEnd> rolledBack) {
        if (stage == Stage.COMMIT && SqlStates.connectionLost(e.getSQLState())) {
            Failure unanswered = at.failures().atCommit(e, file);
            return new FileEnd.Unanswered(execution.result(FileOutcome.Failed), unanswered);
        }
        boolean inStatement = isFarOff();
        Failure failure = inStatement ? execution.failed(e) : at.failures().atCommit(e, file);
        at.rollback();
        return rolledBack.apply(List.of(inStatement ? execution.withNearNames(failure, e) : failure));
    }
}
