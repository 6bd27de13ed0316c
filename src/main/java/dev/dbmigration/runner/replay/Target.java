package dev.dbmigration.runner.replay;

import dev.dbmigration.report.RunInput.Session;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.connect.Connections;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.execute.Stop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** The database in question, looked at in short transactions that the server itself keeps from writing. */
record Target(Environment environment, Session session, Stop stop) {

    private static final String READ_ONLY = "SET default_transaction_read_only = on";
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    /** What is asked of it. */
    @FunctionalInterface
    interface Look<T> {
        T at(Connection connection) throws SQLException;
    }

    /** The answer, by a session and one transaction that end with it. */
    <T> T look(Look<T> look) throws SQLException {
        SessionSettings settings = new SessionSettings(environment.applicationName(), session);
        try (Connection connection = new Connections(environment, settings).open();
                Statement statement = connection.createStatement()) {
            stop.begins(connection.unwrap(PGConnection.class)::cancelQuery);
            statement.execute(READ_ONLY);
            statement.execute(BEGIN);
            T seen = look.at(connection);
            statement.execute("ROLLBACK");
            return seen;
        } finally {
            stop.ends();
        }
    }

    TargetFacts facts() throws SQLException {
        return look(connection -> TargetFacts.read(new Catalogue(connection)));
    }
}
