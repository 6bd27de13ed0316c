package dev.dbmigration.runner.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sessions that earlier attempts of this migration left behind: when a pod or its network goes, its backend stays until
 * the server notices, up to two minutes, and holds its locks. An attempt begins only when the one before is over, so
 * one that waits for its client waits for nobody and is ended; one that executes a statement is left to it.
 */
final class EarlierAttempts {

    /** A pod's name, which is its session's application_name: whose, which run, which attempt. */
    private static final Pattern NAME = Pattern.compile("(.+-)(\\d{1,18})-(\\d{1,18})");

    /** Of our own role only: of others the server shows neither state nor lets us end them. */
    private static final String SESSIONS = "SELECT pid, application_name, state LIKE 'idle%' FROM"
            + " pg_catalog.pg_stat_activity WHERE datname = current_database() AND usename = current_user"
            + " AND pid <> pg_catalog.pg_backend_pid() AND pg_catalog.strpos(application_name, ?) = 1";

    /** Looks again at what it ends: the process number may be another session's by now. */
    private static final String END = "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
            + " WHERE pid = ? AND application_name = ? AND usename = current_user AND state LIKE 'idle%'";

    private final Connection connection;
    private final Matcher own;
    private final RunLog log;

    EarlierAttempts(Connection connection, String applicationName, RunLog log) {
        this.connection = connection;
        this.own = NAME.matcher(applicationName);
        this.log = log;
    }

    /** Ends those that wait for their client; names one that is still there, or null. */
    String end() throws SQLException {
        if (!own.matches()) {
            return null;
        }
        String left = null;
        try (PreparedStatement sessions = connection.prepareStatement(SESSIONS)) {
            sessions.setString(1, own.group(1));
            try (ResultSet rows = sessions.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(2);
                    if (isEarlier(NAME.matcher(name))) {
                        left = name + " (pid " + rows.getInt(1) + ")";
                        endIfIdle(rows.getInt(1), name, rows.getBoolean(3));
                    }
                }
            }
        }
        return left;
    }

    private boolean isEarlier(Matcher other) {
        return other.matches()
                && other.group(1).equals(own.group(1))
                && Arrays.compare(numbers(other), numbers(own)) < 0;
    }

    private static long[] numbers(Matcher name) {
        return new long[] {Long.parseLong(name.group(2)), Long.parseLong(name.group(3))};
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
