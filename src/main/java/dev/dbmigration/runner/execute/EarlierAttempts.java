package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.connect.PodName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Sessions that earlier attempts of this migration left behind: when a pod or its network goes, its backend stays until
 * the server notices, up to two minutes, and holds its locks. An attempt begins only when the one before is over, so
 * one that waits for its client waits for nobody and is ended; one that executes a statement is left to it.
 */
final class EarlierAttempts {

    /** Of the user who has logged in only: of others the server shows neither state nor lets us end them. */
    private static final String SESSIONS = "SELECT pid, application_name, state LIKE 'idle%' FROM"
            + " pg_catalog.pg_stat_activity WHERE datname = current_database() AND usename = session_user"
            + " AND pid <> pg_catalog.pg_backend_pid() AND pg_catalog.strpos(application_name, ?) = 1";

    /** Looks again at what it ends: the process number may be another session's by now. */
    private static final String END = "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
            + " WHERE pid = ? AND application_name = ? AND usename = session_user AND state LIKE 'idle%'";

    private final Connection connection;
    private final Optional<PodName> own;
    private final RunLog log;

    EarlierAttempts(Connection connection, String applicationName, RunLog log) {
        this.connection = connection;
        this.own = PodName.of(applicationName);
        this.log = log;
    }

    /** Ends those that wait for their client; names one that is still there, or null. */
    String end() throws SQLException {
        if (own.isEmpty()) {
            return null;
        }
        String left = null;
        try (PreparedStatement sessions = connection.prepareStatement(SESSIONS)) {
            sessions.setString(1, own.get().whose());
            try (ResultSet rows = sessions.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(2);
                    if (PodName.of(name)
                            .filter(other -> other.isBefore(own.get()))
                            .isPresent()) {
                        left = name + " (pid " + rows.getInt(1) + ")";
                        endIfIdle(rows.getInt(1), name, rows.getBoolean(3));
                    }
                }
            }
        }
        return left;
    }

    private void endIfIdle(int pid, String name, boolean idle) throws SQLException {
        if (!idle) {
            return;
        }
        try (PreparedStatement end = connection.prepareStatement(END)) {
            end.setInt(1, pid);
            end.setString(2, name);
            if (end.executeQuery().next()) {
                log.line("ended the idle session of an earlier attempt: " + name + " (pid " + pid + ")");
            }
        }
    }
}
