package dev.dbmigration.runner.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.SqlCommandType;

/**
 * Statements that go to the server one behind the other, each as the message that it would be alone, and whose answers
 * are read when all are sent. The server does not look at one before it has answered the one before; within a
 * transaction it refuses those behind one that fails (25P02). An instance is sent once.
 */
public final class Series {

    /** Of the driver: from 64,000 bytes of answers on, 250 for each, it waits for them before it sends the rest. */
    public static final int MOST = 200;

    /**
     * So little that it fits into what the network holds for a server that does not read, since it waits until its own
     * answers are read.
     */
    public static final int MOST_CHARACTERS = 16 * 1024;

    private static final SqlCommand ANY = SqlCommand.createStatementTypeInfo(SqlCommandType.BLANK);

    private final List<NativeQuery> queries = new ArrayList<>();

    /** Adds one statement, which the server must read as one and only one, and which is no COPY from or to here. */
    public void add(String statement) {
        queries.add(new NativeQuery(statement, ANY));
    }

    /**
     * Sends them and waits for all answers.
     *
     * @param heard is told each answer as it comes, without its rows; it may not use the connection
     * @throws SQLException the first failure, which is that of the statement behind those that were answered
     */
    public void send(Connection connection, Consumer<Answer> heard) throws SQLException {
        QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        Query query = executor.wrap(queries);
        executor.execute(query, null, new Answers(place -> true, heard), 0, 0, QueryExecutor.QUERY_SUPPRESS_BEGIN);
    }
}
