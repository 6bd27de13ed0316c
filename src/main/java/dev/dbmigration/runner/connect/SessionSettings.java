package dev.dbmigration.runner.connect;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.RunInput.Session;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.words.SqlString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a session, made by {@code set_config}: proxies and poolers refuse the start-up packet's options. */
public record SessionSettings(String applicationName, Session session) {

    private static final long LOCK_TIMEOUT_MILLIS = 5_000;

    /** All that a file can leave behind, except advisory locks: ours is one. */
    private static final List<String> RESET = List.of(
            "RESET SESSION AUTHORIZATION",
            "RESET ROLE",
            "RESET ALL",
            "CLOSE ALL",
            "UNLISTEN *",
            "DEALLOCATE ALL",
            "DISCARD TEMP",
            "DISCARD SEQUENCES",
            "DISCARD PLANS");

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

    /**
     * Makes the settings in a fresh session.
     *
     * @throws RunFailed where it cannot become the role that is stated
     */
    public void apply(Connection connection) throws SQLException {
        set(connection, "SELECT " + TIME_ZONE + ", " + CLIENT_GONE + ", ", settings(), false);
        takeRole(connection);
    }

    /** The same settings for a session that stays who has logged in. */
    public SessionSettings withoutRole() {
        return new SessionSettings(
                applicationName,
                new Session(session.schema(), session.lockTimeoutMillis(), session.statementTimeoutMillis()));
    }

    /**
     * Becomes the role that is stated, if any.
     *
     * @throws RunFailed where there is no such role, or the user may not become it, with the GRANT that is missing
     */
    public void takeRole(Connection connection) throws SQLException {
        if (session.role() == null) {
            return;
        }
        try {
            set(connection, Map.of("role", session.role()), false);
        } catch (SQLException e) {
            throw refused(e, connection.getMetaData().getUserName());
        }
    }

    /** Where a role is stated, becomes who has logged in again: the role sees less of that user's other sessions. */
    public void leaveRole(Connection connection) throws SQLException {
        if (session.role() != null) {
            execute(connection, "SET ROLE NONE");
        }
    }

    /** What makes us, until the open transaction ends, whom {@link #apply} has made us, whoever a file became. */
    public List<String> ourselves() {
        String role = session.role() == null ? "DEFAULT" : quoted(session.role());
        return List.of("SET LOCAL SESSION AUTHORIZATION DEFAULT", "SET LOCAL role TO " + role);
    }

    /**
     * What it means that the role cannot be taken, as which this is returned or thrown: the server answers 22023 for one
     * that is not there, 42501 for one that the user may not become.
     */
    SQLException refused(SQLException e, String user) {
        if (session.role() == null) {
            return e;
        }
        Reason reason = switch (String.valueOf(e.getSQLState())) {
            case "22023" -> Reason.UndefinedObject;
            case "42501" -> Reason.PermissionDenied;
            default -> null;
        };
        if (reason == null) {
            return e;
        }
        String role = quoted(session.role());
        String message = reason == Reason.UndefinedObject
                ? "the role " + role + " of spec.database.role does not exist"
                : "user " + quoted(user) + " may not become the role " + role + " of spec.database.role";
        String hint = reason == Reason.UndefinedObject
                ? "create it, or correct spec.database.role; its letters are taken as they stand"
                : "let one who may run: GRANT " + role + " TO " + quoted(user);
        throw new RunFailed(List.of(new Failure(null, 0, 0, e.getSQLState(), reason, message, hint)));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Makes settings for the rest of the session, or local to the transaction that is open. */
    public static void set(Connection connection, Map<String, String> settings, boolean local) throws SQLException {
        set(connection, "SELECT ", settings, local);
    }

    /** The same, behind {@code select}: the word itself and what goes before it, also statements, in the same round trip. */
    public static void set(Connection connection, String select, Map<String, String> settings, boolean local)
            throws SQLException {
        String calls =
                settings.keySet().stream().map(name -> call(name, "?", local)).collect(Collectors.joining(", "));
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
            settings.put("search_path", quoted(session.schema()));
        }
        return settings;
    }

    /** How long a statement waits for a lock, unless its file says otherwise; 0: for ever. */
    public static long lockTimeoutMillis(Session session) {
        return session.lockTimeoutMillis() == null ? LOCK_TIMEOUT_MILLIS : session.lockTimeoutMillis();
    }

    /**
     * What makes a used session like a fresh one that keeps its advisory locks, in statements that ask for nothing; the
     * last one takes the role, if one is stated.
     *
     * @param found settings whose values were found out when the session was made
     * @param asked settings that are made last
     */
    List<String> freshly(Map<String, String> found, Map<String, String> asked) {
        Map<String, String> all = new LinkedHashMap<>(found);
        all.putAll(settings());
        all.putAll(asked);
        List<String> statements = new ArrayList<>(RESET);
        statements.add("SELECT "
                + all.entrySet().stream()
                        .map(each -> call(each.getKey(), SqlString.of(each.getValue()), false))
                        .collect(Collectors.joining(", ")));
        if (session.role() != null) {
            statements.add("SELECT " + call("role", SqlString.of(session.role()), false));
        }
        return statements;
    }

    private static String call(String name, String value, boolean local) {
        return "pg_catalog.set_config('" + name + "', " + value + ", " + local + ")";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
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
