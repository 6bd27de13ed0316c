package dev.dbmigration.runner.verify;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database of its own for each test, on one server, and checks run against it. */
final class Fixture implements AutoCloseable {

    static final RunInput.Session SESSION = new RunInput.Session(null, null, null);

    private final Database database = Postgres.shared().newDatabase("verify");

    Fixture(String... statements) throws SQLException {
        execute(statements);
    }

    Connection connect() throws SQLException {
        return database.connectAsRunner();
    }

    Connection connect(String user) throws SQLException {
        return database.as(user, "any").connectAsRunner();
    }

    /** Gives every later session of the database this search_path. */
    void searchPath(String schemas) {
        database.execute("ALTER DATABASE " + database.name() + " SET search_path = " + schemas);
    }

    /** Takes that back. */
    void usualSearchPath() throws SQLException {
        database.execute("ALTER DATABASE " + database.name() + " RESET search_path");
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, statements);
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    Report verify(RunInput.Session session, Check... checks) throws SQLException {
        try (Connection connection = connect()) {
            return new Verifier(connection, session).verify(List.of(checks));
        }
    }

    Report verify(Check... checks) throws SQLException {
        return verify(SESSION, checks);
    }

    /** The result of a single check. */
    CheckResult result(Check check) throws SQLException {
        return verify(check).checks().get(0);
    }

    @Override
    public void close() {
        Postgres.shared().admin().execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
    }
}
