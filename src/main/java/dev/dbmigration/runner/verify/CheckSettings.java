package dev.dbmigration.runner.verify;

import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.connect.SessionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of each check's transaction, local to it, so that no check can leave its own to the next. */
public final class CheckSettings {

    private static final String READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final Map<String, String> settings = new LinkedHashMap<>();

    /** Of a session that states these. */
    public CheckSettings(RunInput.Session session) {
        // Row-level security would hide rows and make a wrong count; off, the server refuses to answer instead.
        settings.put("row_security", "off");
        settings.putAll(SessionSettings.stated(session));
    }

    /** Opens a read-only transaction; the connection must be idle, with autocommit off. */
    public void begin(Connection connection) throws SQLException {
        // A query follows, after which the server lets nobody turn the transaction to read-write.
        SessionSettings.set(connection, READ_ONLY + "; SELECT ", settings, true);
    }
}
