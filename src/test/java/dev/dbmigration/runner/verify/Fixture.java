package dev.dbmigration.runner.verify;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.RunInput;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own for each test, on one server, and checks run against it. */
final class Fixture implements AutoCloseable {

    static final RunInput.Session SESSION = new RunInput.Session(null, null, null);

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String name = "verify_" + DATABASES.incrementAndGet();

    Fixture(String... statements) throws SQLException {
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection()) {
            execute(connection, "CREATE DATABASE " + name);
        }
        execute(statements);
    }

    /** The one place that knows where the server comes from; it ends with this process. */
    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Connection connect() throws SQLException {
        return connect("postgres");
    }

    Connection connect(String user) throws SQLException {
        return Server.POSTGRES.getDatabase(user, name).getConnection();
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
    public void close() throws SQLException {
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection()) {
            execute(connection, "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
