package dev.dbmigration.runner.connect;

import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;

/**
 * Takes what the driver reads, one answer a statement, in their order; also where a later one fails. By JDBC's own
 * interface neither the tag of a command nor the statement that a notice belongs to can be had.
 */
final class Answers extends ResultHandlerBase {

    private final Set<Integer> counted;
    private final List<Answer> answers = new ArrayList<>();
    private List<SQLWarning> notices = new ArrayList<>();

    /** {@code counted}: places of statements whose rows are not wanted. */
    Answers(Set<Integer> counted) {
        this.counted = counted;
    }

    /** Those that have come. */
    List<Answer> come() {
        return answers;
    }

    @Override
    public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
        add("", tuples.size(), counted.contains(answers.size()) ? List.of() : tuples);
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
        add(status, updateCount, null);
    }

    @Override
    public void handleWarning(SQLWarning warning) {
        notices.add(warning);
    }

    private void add(String tag, long count, List<Tuple> tuples) {
        answers.add(new Answer(tag, count, tuples, notices));
        notices = new ArrayList<>();
    }
}
