package dev.dbmigration.runner.verify;

import static dev.dbmigration.runner.verify.finding.Words.bounded;

import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.Report.CheckResult.Result;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.words.Mask;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The result of a check and, for the report's sentence, why it is not a pass. */
record Judged(CheckResult result, String why) {

    static Judged of(String name, Finding finding, long millis) {
        Result result = finding.met() ? Result.Passed : Result.Failed;
        String expected = bounded(finding.expected());
        String observed = bounded(finding.observed());
        return new Judged(
                new CheckResult(name, result, expected, observed, millis),
                finding.met() ? "" : bounded(finding.difference()));
    }

    static Judged error(String name, String expected, String observed, long millis) {
        String why = bounded(observed);
        return new Judged(new CheckResult(name, Result.Error, bounded(expected), why, millis), why);
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

    boolean is(Result wanted) {
        return result.result() == wanted;
    }

    String sentence() {
        return result.name() + ": " + why;
    }
}
