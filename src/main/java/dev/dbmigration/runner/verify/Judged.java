package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.finding.Words.bounded;

import dev.dbmigration.check.Check;
import dev.dbmigration.check.Severity;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Rank;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.words.Mask;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The result of a check and, for the report's sentence, why it is not a pass. */
record Judged(CheckResult result, String why) {

    static Judged of(Check check, Finding finding, long millis) {
        Result result = finding.met() ? Result.Passed : Result.Failed;
        String expected = bounded(finding.expected());
        String observed = bounded(finding.observed());
        return new Judged(
                new CheckResult(check.name(), result, expected, observed, millis, told(check)),
                finding.met() ? "" : bounded(finding.difference()));
    }

    static Judged error(Check check, String expected, String observed, long millis) {
        String why = bounded(observed);
        return new Judged(
                new CheckResult(check.name(), Result.Error, bounded(expected), why, millis, told(check)), why);
    }

    /** Nothing is told of what is meant where nothing is said. */
    private static Severity told(Check check) {
        return check.warns() ? Severity.Warning : null;
    }

    /**
     * SQLSTATE and the server's first line, data masked; its position and context say nothing about a check.
     *
     * @param statement the text that failed; null: one of our own
     */
    static String words(SQLException e, String statement) {
        ServerErrorMessage server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String message = server == null ? e.getMessage() : server.getMessage();
        return e.getSQLState() == null
                ? message
                : "SQLSTATE " + e.getSQLState() + ": "
                        + Mask.of(statement, e.getSQLState(), server).apply(message);
    }

    boolean is(Rank wanted) {
        return result.rank() == wanted;
    }

    String sentence() {
        return result.name() + ": " + why;
    }
}
