package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.StatementResult;
import dev.dbmigration.report.Report.StatementResult.StatementOutcome;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.CopyData;
import dev.dbmigration.runner.script.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** A COPY from or to the client: data goes from the file to the server piece by piece; what the server sends goes. */
record CopyRun(Workplace at, String file) {

    private static final int PIECE = 1 << 16;

    /** The server's words about where COPY has failed, as far as they are English. */
    private static final Pattern LINE = Pattern.compile("^COPY .+?, line (\\d{1,9})\\b");

    /**
     * Runs it.
     *
     * @throws RunFailed where the data is no longer what was read before
     */
    StatementRun run(Statement statement) throws SQLException {
        long begun = at.millis();
        BaseConnection connection = at.connection().unwrap(BaseConnection.class);
        connection.clearWarnings();
        at.guard().stop().begins(connection::cancelQuery);
        long rows;
        try {
            rows = copy(new CopyManager(connection), statement);
        } catch (IOException e) {
            throw unreadable(statement, e);
        } finally {
            at.guard().stop().ends();
        }
        StatementResult result = new StatementResult(
                statement.ordinal(), statement.line(), StatementOutcome.OK, rows, at.millis() - begun);
        return new StatementRun(result, StatementRun.notices(connection.getWarnings()));
    }

    private long copy(CopyManager copies, Statement statement) throws SQLException, IOException {
        CopyData data = statement.copy().data();
        if (data == null) {
            return copies.copyOut(statement.text(), OutputStream.nullOutputStream());
        }
        try (InputStream in = data.open()) {
            return copies.copyIn(statement.text(), in, PIECE);
        }
    }

    private RunFailed unreadable(Statement statement, IOException e) {
        return RunFailed.in(
                file,
                statement.ordinal(),
                statement.line(),
                Reason.InvalidSpec,
                "the data of this COPY cannot be read again: " + e.getMessage(),
                "leave the source as it is while it is run");
    }

    /** The line of the file where COPY has failed, by the server's context; 0 where it does not say. */
    static int lineOfData(Statement statement, String context) {
        if (context == null || statement.copy() == null || statement.copy().data() == null) {
            return 0;
        }
        Matcher line = LINE.matcher(context);
        return line.find() ? statement.copy().data().line() + Integer.parseInt(line.group(1)) - 1 : 0;
    }
}
