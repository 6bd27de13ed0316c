package dev.dbmigration.runner.connect;

import dev.dbmigration.report.RunInput.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a session, made by {@code set_config}: proxies and poolers refuse the start-up packet's options. */
public record SessionSettings(String applicationName, Session session) {

    private static final long LOCK_TIMEOUT_MILLIS = 5_000;

    /** All that a file can leave behind, except advisory locks: ours is one. */
    private static final String RESET = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; CLOSE ALL; UNLISTEN *; "
            + "DEALLOCATE ALL; DISCARD TEMP; DISCARD SEQUENCES; DISCARD PLANS";

    /**
     * The driver sends this machine's time zone at start-up, which hides the one that the database or role has been
     * given, by which a migration's timestamps are read.
     */
    private static final String TIME_ZONE = "pg_catalog.set_config('TimeZone', coalesce((SELECT substr(s, 10)"
            + " FROM pg_catalog.pg_db_role_setting d, pg_catalog.unnest(d.setconfig) AS s"
            + " WHERE s ILIKE 'timezone=%'"
            + " AND d.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))"
            + " AND d.setrole IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = session_user))"
            + " ORDER BY d.setrole = 0, d.setdatabase = 0 LIMIT 1), current_setting('TimeZone')), false)";

    /**
     * Keep-alives are not sent while an answer waits for its receipt, and then a pod that is gone would hold its locks
     * for a quarter of an hour. And while a statement runs, the server looks from time to time whether its client is
     * still there, where it can: on Linux, from 14 on.
     */
    private static final String CLIENT_GONE = "(SELECT pg_catalog.count(pg_catalog.set_config(name,"
            + " CASE name WHEN 'tcp_user_timeout' THEN '120000' ELSE '10000' END, false))"
            + " FROM pg_catalog.pg_settings WHERE name = 'tcp_user_timeout' OR"
            + " name = 'client_connection_check_interval' AND pg_catalog.version() LIKE '%linux%')";

    /** Makes the settings in a fresh session. */
    public void apply(Connection connection) throws SQLException {
        set(connection, "SELECT " + TIME_ZONE + ", " + CLIENT_GONE + ", ", settings(), false);
    }

    /** Makes settings for the rest of the session, or local to the transaction that is open. */
    public static void set(Connection connection, Map<String, String> settings, boolean local) throws SQLException {
        set(connection, "SELECT ", settings, local);
    }

    private static void set(Connection connection, String select, Map<String, String> settings, boolean local)
            throws SQLException {
        String calls = settings.keySet().stream()
                .map(name -> "pg_catalog.set_config('" + name + "', ?, " + local + ")")
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement(select + calls)) {
            int index = 1;
            for (String value : settings.values()) {
                statement.setString(index++, value);
            }
            statement.execute();
        }
    }

    /** What a run states of its sessions: the search_path and the timeouts. */
    public static Map<String, String> stated(Session session) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("lock_timeout", lockTimeoutMillis(session) + "ms");
        if (session.statementTimeoutMillis() != null) {
            settings.put("statement_timeout", session.statementTimeoutMillis() + "ms");
        }
        if (session.schema() != null && !session.schema().isEmpty()) {
            settings.put("search_path", '"' + session.schema().replace("\"", "\"\"") + '"');
        }
        return settings;
    }

    /** How long a statement waits for a lock, unless its file says otherwise; 0: for ever. */
    public static long lockTimeoutMillis(Session session) {
        return session.lockTimeoutMillis() == null ? LOCK_TIMEOUT_MILLIS : session.lockTimeoutMillis();
    }

    /** Makes a used session, outside a transaction, like a fresh one that keeps its advisory locks. */
    public void reset(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(RESET);
        }
        apply(connection);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("application_name", applicationName);
        settings.putAll(stated(session));
        // By notices the server says what it has skipped, whatever the role's own setting.
        settings.put("client_min_messages", "notice");
        // So that the server notices a pod that is gone and frees its locks within two minutes, not two hours.
        settings.put("tcp_keepalives_idle", "60");
        settings.put("tcp_keepalives_interval", "10");
        settings.put("tcp_keepalives_count", "6");
        return settings;
    }
}
