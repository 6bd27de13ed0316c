package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Lets the server parse statements by the messages Parse and Describe, which run nothing and keep nothing. A statement
 * that is refused leaves the transaction as it was.
 */
final class ServerParser {

    private static final int FLAGS =
            QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_DESCRIBE_ONLY | QueryExecutor.QUERY_SUPPRESS_BEGIN;

    private final BaseConnection connection;
    private final Savepoint before;
    private final Map<String, Answer> answers = new HashMap<>();

    /** A column of a statement's result, by the name that a record gives it. */
    record Column(String name, long type, int modifier) {}

    /** What the server makes of a statement: columns, or, with {@code refusal}, why not. */
    record Answer(List<Column> columns, SQLException refusal) {}

    /** From now on in the transaction that is open, with its settings as they are. */
    ServerParser(Catalogue catalogue) throws SQLException {
        this.connection = connection(catalogue).unwrap(BaseConnection.class);
        if (connection.getPreferQueryMode() == PreferQueryMode.SIMPLE) {
            throw new SQLException("as simple queries, statements would not be parsed but run");
        }
        this.before = connection.setSavepoint();
    }

    static Connection connection(Catalogue catalogue) throws SQLException {
        try (Statement statement = catalogue.verbatim()) {
            return statement.getConnection();
        }
    }

    /**
     * What the server makes of this statement.
     *
     * @throws SQLException where it says nothing of the statement, but of locks, timeouts or the connection
     */
    Answer parse(String sql) throws SQLException {
        Optional<Answer> known = Optional.ofNullable(answers.get(sql));
        if (known.isPresent()) {
            return known.get();
        }
        Answer answer = ask(sql);
        answers.put(sql, answer);
        return answer;
    }

    private Answer ask(String sql) throws SQLException {
        try {
            Description description = new Description();
            Query query = connection.createQuery(sql, false, false).query;
            connection.getQueryExecutor().execute(query, null, description, 0, 0, FLAGS);
            return new Answer(description.columns, null);
        } catch (SQLException e) {
            if (!Refusal.ofStatement(e)) {
                throw e;
            }
            connection.rollback(before);
            return new Answer(List.of(), e);
        }
    }

    private static final class Description extends ResultHandlerBase {
        private List<Column> columns = List.of();

        @Override
        public void handleWarning(SQLWarning warning) {
            // What is said of an old way of writing does not matter here.
        }

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
            columns = Stream.of(fields)
                    .map(field -> new Column(field.getColumnLabel(), field.getOID(), field.getMod()))
                    .toList();
        }
    }
}
