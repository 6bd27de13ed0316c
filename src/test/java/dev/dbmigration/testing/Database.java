package dev.dbmigration.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** One database of a {@link Postgres}, with few words for tests to look into it. */
public record Database(String host, int port, String name, String user, String password) {

    /** The same database as somebody else. */
    public Database as(String otherUser, String otherPassword) {
        return new Database(host, port, name, otherUser, otherPassword);
    }

    /** Another database of the same server, as the same user. */
    public Database named(String otherName) {
        return new Database(host, port, otherName, user, password);
    }

    /** The same database by another name of its host. */
    public Database at(String otherHost) {
        return new Database(otherHost, port, name, user, password);
    }

    /** What a pod would be told about it. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", host);
        environment.put("PGPORT", String.valueOf(port));
        environment.put("PGDATABASE", name);
        environment.put("PGUSER", user);
        environment.put("PGPASSWORD", password);
        return environment;
    }

    public Connection connect() {
        return connect("");
    }

    /** A session in the runner's way, in which the server is not told the types of parameters. */
    public Connection connectAsRunner() {
        return connect("?preferQueryMode=simple");
    }

    private Connection connect(String parameters) {
        try {
            String url = "jdbc:postgresql://" + host + ":" + port + "/" + name + parameters;
            return DriverManager.getConnection(url, user, password);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row as text; null where there is no row. */
    public String query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
