package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.words.Mask;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the server says of a statement of a replay, without data. */
final class ServerWords {

    private ServerWords() {}

    /** SQLSTATE and the first line; {@code statement} is what has failed. */
    static String of(SQLException e, String statement) {
        ServerErrorMessage server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String message = server == null ? e.getMessage() : server.getMessage();
        return "SQLSTATE " + e.getSQLState() + ": "
                + Mask.of(statement, e.getSQLState(), server).apply(message);
    }
}
