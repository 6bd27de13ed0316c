package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.Report.FileResult;
import dev.dbmigration.report.Report.Warning;
import java.util.List;

/** How the transaction of a file ended. */
sealed interface FileEnd {

    FileResult result();

    /** Committed, and the server said so. */
    record Kept(FileResult result, List<Warning> warnings) implements FileEnd {}

    /** Nothing of it is in the database. */
    record RolledBack(FileResult result, List<Failure> failures) implements FileEnd {}

    /** COMMIT was sent and the connection broke before its answer. */
    record Unanswered(FileResult result, Failure failure) implements FileEnd {}
}
