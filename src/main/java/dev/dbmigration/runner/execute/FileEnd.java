package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.Warning;
import dev.dbmigration.runner.script.Statement;
import java.util.List;

/** How a file ended. */
sealed interface FileEnd {

    FileResult result();

    /** Why it is not in the database as a whole; empty where it is. */
    default List<Failure> failures() {
        return List.of();
    }

    /** Committed, and the server said so. */
    record Kept(FileResult result, List<Warning> warnings) implements FileEnd {}

    /** Nothing of it is in the database. */
    record RolledBack(FileResult result, List<Failure> failures) implements FileEnd {}

    /** Some of its statements are in the database, and the ledger knows which. */
    record Partly(FileResult result, List<Failure> failures) implements FileEnd {}

    /** Nothing of it is in the database, and it cannot be one transaction because of this statement. */
    record NotWrapped(FileResult result, Statement because) implements FileEnd {}

    /** COMMIT was sent and the connection broke before its answer. */
    record Unanswered(FileResult result, Failure failure) implements FileEnd {}
}
