package dev.dbmigration.runner.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;

/**
 * Statements that go to the server as one message, in one round trip. It runs them in order, each transaction among them
 * for itself, and stops at the first that fails (PostgreSQL's manual, 55.2.2.1). What stands before a BEGIN belongs to
 * the transaction that this one begins, unless it has ended one of its own. An instance is sent once.
 */
public final class Message {

    /** On a line of its own, since a statement may end with a comment. */
    private static final String END = "\n;\n";

    private final List<String> statements = new ArrayList<>();
    private final Set<Integer> counted = new HashSet<>();
    private final List<Answer> answers = new ArrayList<>();

    /** Adds one statement, without its semicolon; its place among the answers. */
    public int add(String statement) {
        statements.add(statement);
        return statements.size() - 1;
    }

    /** The same, but of the rows that it may return only the number is kept. */
    public int addCounted(String statement) {
        counted.add(statements.size());
        return add(statement);
    }

    public boolean isEmpty() {
        return statements.isEmpty();
    }

    /** Sends it and waits for all answers; those that came before a failure can be had all the same. */
    public void send(Connection connection) throws SQLException {
        QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        Query query = executor.createQuery(String.join(END, statements), false, false).query;
        Answers heard = new Answers(counted::contains, answers::add);
        executor.execute(query, null, heard, 0, 0, QueryExecutor.QUERY_SUPPRESS_BEGIN);
    }

    /** How many statements have been answered. */
    public int answered() {
        return answers.size();
    }

    public Answer answer(int place) {
        return answers.get(place);
    }
}
