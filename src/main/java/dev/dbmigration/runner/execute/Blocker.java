package dev.dbmigration.runner.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A session for which another one waits. What it does is shown to its own role and to members of pg_read_all_stats.
 *
 * @param pid 0: a prepared transaction
 * @param user null: a process of the server itself
 * @param state null: not shown
 * @param seconds age of its transaction; null: it has none, or it is not shown
 */
record Blocker(int pid, String user, String application, String state, Long seconds) {

    private static final String QUERY = "SELECT b.pid, a.usename, a.application_name, a.state,"
            + " extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start)::bigint"
            + " FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(?)) AS b(pid)"
            + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid ORDER BY 5 DESC NULLS LAST, 1 LIMIT 5";

    /** At most five of those that block {@code pid}, the longest transaction first. */
    static List<Blocker> of(int pid, Connection connection) throws SQLException {
        List<Blocker> blockers = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setInt(1, pid);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    blockers.add(of(rows));
                }
            }
        }
        return blockers;
    }

    private static Blocker of(ResultSet row) throws SQLException {
        long seconds = row.getLong(5);
        return new Blocker(
                row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.wasNull() ? null : seconds);
    }

    static String listed(List<Blocker> blockers) {
        return blockers.stream().map(Blocker::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        if (pid == 0) {
            return "a prepared transaction (see pg_prepared_xacts)";
        }
        List<String> known = new ArrayList<>();
        known.add(user == null ? "the server's own" : "user " + user);
        if (application != null && !application.isEmpty()) {
            known.add("application " + application);
        }
        if (state != null) {
            known.add(state);
        } else if (user != null) {
            known.add("members of pg_read_all_stats see more");
        }
        if (seconds != null) {
            known.add("in its transaction for " + seconds + " s");
        }
        return "pid " + pid + " (" + String.join(", ", known) + ")";
    }
}
