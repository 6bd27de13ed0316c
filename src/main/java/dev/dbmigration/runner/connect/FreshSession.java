package dev.dbmigration.runner.connect;

import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a used session becomes like new, by statements that ask for nothing and so can go with others. */
public final class FreshSession {

    /** What {@link SessionSettings#apply} has found out by asking; a server may not know the last one. */
    private static final List<String> FOUND =
            List.of("TimeZone", "tcp_user_timeout", "client_connection_check_interval");

    private final Connection connection;
    private final SessionSettings settings;
    private Map<String, String> found;

    /** Of this connection, to which the settings have been applied. */
    public FreshSession(Connection connection, SessionSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /**
     * The statements, which keep advisory locks; the server is asked for once, when the session is still as it was made.
     *
     * @param asked settings of PostgreSQL that are made besides, or instead of those of the session
     */
    public List<String> statements(Map<String, String> asked) throws SQLException {
        if (found == null) {
            found = find();
        }
        return settings.freshly(found, asked);
    }

    /**
     * Makes it so, in one message.
     *
     * @throws RunFailed where it cannot become the role that is stated
     */
    public void make(Map<String, String> asked) throws SQLException {
        List<String> statements = statements(asked);
        Message message = new Message();
        statements.forEach(message::add);
        try {
            message.send(connection);
        } catch (SQLException e) {
            boolean isLast = message.answered() == statements.size() - 1;
            throw isLast ? settings.refused(e, connection.getMetaData().getUserName()) : e;
        }
    }

    private Map<String, String> find() throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        String columns = String.join(
                ", ",
                FOUND.stream()
                        .map(name -> "pg_catalog.current_setting('" + name + "', true)")
                        .toList());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + columns)) {
            row.next();
            for (int i = 0; i < FOUND.size(); i++) {
                if (row.getString(i + 1) != null) {
                    values.put(FOUND.get(i), row.getString(i + 1));
                }
            }
        }
        return values;
    }
}
