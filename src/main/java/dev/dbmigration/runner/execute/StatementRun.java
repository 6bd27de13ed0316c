package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.report.Report.StatementResult.StatementOutcome;
import dev.dbmigration.runner.connect.Answer;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.StatementWords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What became of one statement.
 *
 * @param notices what the server said meanwhile
 */
record StatementRun(StatementResult result, List<SQLWarning> notices) {

    private static final Set<String> COUNTED =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "SELECT", "WITH", "VALUES", "TABLE", "FETCH", "MOVE", "COPY");

    static StatementRun of(Statement statement, java.sql.Statement jdbc, long millis) throws SQLException {
        return of(statement, rows(statement, jdbc), millis, notices(jdbc.getWarnings()));
    }

    /** Of one that went with others; {@code millis} is -1 where it is not known how long it took for itself. */
    static StatementRun of(Statement statement, Answer answer, long millis) {
        long rows = answer.tuples() == null ? rows(statement, answer.count()) : answer.count();
        return of(statement, rows, millis, answer.notices());
    }

    private static StatementRun of(Statement statement, long rows, long millis, List<SQLWarning> notices) {
        boolean skipped = maySkip(statement)
                && notices.stream().filter(StatementRun::isSkip).count() >= parts(statement);
        StatementOutcome outcome = skipped ? StatementOutcome.Skipped : StatementOutcome.OK;
        return new StatementRun(
                new StatementResult(statement.ordinal(), statement.line(), outcome, rows, millis), notices);
    }

    /** {@code first} and those behind it; null: none. */
    static List<SQLWarning> notices(SQLWarning first) {
        List<SQLWarning> notices = new ArrayList<>();
        for (SQLWarning notice = first; notice != null; notice = notice.getNextWarning()) {
            notices.add(notice);
        }
        return notices;
    }

    /**
     * Whether it asks first and does nothing where something is there. Of what a function or a trigger asks, the same
     * notice comes, and says nothing of the rest that they do.
     */
    static boolean maySkip(Statement statement) {
        boolean mayAsk =
                statement.keyword().equals("CREATE") || statement.keyword().equals("ALTER");
        return mayAsk && StatementWords.of(statement.text()).contain("IF", "NOT", "EXISTS");
    }

    /** {@code ALTER TABLE} may ask for one of its parts and do the others. */
    private static int parts(Statement statement) {
        return statement.keyword().equals("ALTER")
                ? StatementWords.of(statement.text()).parts()
                : 1;
    }

    /** Whether it says that something was there already. */
    static boolean isSkip(SQLWarning notice) {
        return SqlStates.saysSkipped(notice.getSQLState());
    }

    boolean skipped() {
        return result.outcome() == StatementOutcome.Skipped;
    }

    /** The driver answers 0 for a command without a count, so the first word decides between the two. */
    private static long rows(Statement statement, java.sql.Statement jdbc) throws SQLException {
        try (ResultSet rows = jdbc.getResultSet()) {
            if (rows != null) {
                return count(rows);
            }
        }
        return rows(statement, jdbc.getLargeUpdateCount());
    }

    private static long rows(Statement statement, long count) {
        return count > 0 || COUNTED.contains(statement.keyword()) ? count : -1;
    }

    private static long count(ResultSet rows) throws SQLException {
        long count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }
}
