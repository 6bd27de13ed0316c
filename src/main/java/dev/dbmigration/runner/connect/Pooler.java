package dev.dbmigration.runner.connect;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Whether a pooler between us and the server gives each transaction another session: then locks, settings and temporary
 * tables are other clients' too. One that gives a client its own session until it leaves is as good as none.
 */
final class Pooler {

    /** Of the kind that any role may set, and that nothing else reads. */
    private static final String MARK = "dbmigration.session";

    private Pooler() {}

    /** Opens a connection on which nothing has been set. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /**
     * Looks at {@code first}, on which nothing has been set either.
     *
     * @throws RunFailed where the next transaction may find itself in another session
     */
    static void refuse(Connection first, Opening opening) throws SQLException {
        int pid = pid(first);
        if (pid == first.unwrap(PGConnection.class).getBackendPID()) {
            return;
        }
        execute(first, "SET " + MARK + " = 'first'");
        try (Connection second = opening.open()) {
            if (!begins(second) || isMarked(second) || pid(first) != pid) {
                throw RunFailed.because(
                        Reason.PooledConnection,
                        "a pooler between this pod and the server gives each transaction another session",
                        "name the server itself in spec.database.host, or a pool in session mode");
            }
        }
        execute(first, "RESET " + MARK);
    }

    /** Holds on to a session of the server, if it has not one of its own already; not every pooler lets it. */
    private static boolean begins(Connection connection) {
        try {
            execute(connection, "BEGIN");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean isMarked(Connection connection) throws SQLException {
        boolean marked = "first".equals(ask(connection, "SELECT pg_catalog.current_setting('" + MARK + "', true)"));
        if (marked) {
            execute(connection, "RESET " + MARK + "; COMMIT");
        }
        return marked;
    }

    private static int pid(Connection connection) throws SQLException {
        return Integer.parseInt(ask(connection, "SELECT pg_catalog.pg_backend_pid()"));
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
