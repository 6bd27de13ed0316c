package dev.dbmigration.runner.verify;

import dev.dbmigration.report.RunInput;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of each check's transaction, local to it, so that no check can leave its own to the next. */
final class SessionSettings {

    private static final long LOCK_TIMEOUT_MILLIS = 5_000;

    private final Map<String, String> settings = new LinkedHashMap<>();

    SessionSettings(RunInput.Session session) {
        // Row-level security would hide rows and make a wrong count; off, the server refuses to answer instead.
        settings.put("row_security", "off");
        settings.put("lock_timeout", millis(session.lockTimeoutMillis(), LOCK_TIMEOUT_MILLIS));
        if (session.statementTimeoutMillis() != null) {
            settings.put("statement_timeout", millis(session.statementTimeoutMillis(), 0));
        }
        if (session.schema() != null) {
            settings.put("search_path", session.schema());
        }
    }

    /** Opens a read-only transaction; the connection must be idle, with autocommit off. */
    void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        }
        // A query, after which the server lets nobody turn the transaction to read-write.
        String calls = settings.keySet().stream()
                .map(name -> "pg_catalog.set_config('" + name + "', ?, true)")
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + calls)) {
            int parameter = 1;
            for (String value : settings.values()) {
                statement.setString(parameter++, value);
            }
            statement.execute();
        }
    }

    private static String millis(Long stated, long otherwise) {
        return (stated == null ? otherwise : stated) + "ms";
    }
}
