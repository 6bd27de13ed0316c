package dev.dbmigration.runner.verify;

import dev.dbmigration.report.Reason;
import java.sql.SQLException;

/** The session ended under a check, so that nothing is known of it nor of those behind it. */
final class ConnectionLost extends Exception {

    private final Reason reason;

    ConnectionLost(SQLException cause) {
        super(Judged.words(cause, null), cause);
        String state = cause.getSQLState();
        this.reason = state != null && state.startsWith("57P0") ? Reason.ServerShutdown : Reason.ConnectionFailed;
    }

    Reason reason() {
        return reason;
    }
}
