package dev.dbmigration.runner.connect;

import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
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

    private final IntPredicate counted;
    private final Consumer<Answer> heard;
    private int come;
    private List<SQLWarning> notices = new ArrayList<>();

    /**
     * @param counted tells places of statements whose rows are not wanted
     * @param heard is told each answer as it comes
     */
    Answers(IntPredicate counted, Consumer<Answer> heard) {
        this.counted = counted;
        this.heard = heard;
    }

    @Override
    public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
        add("", tuples.size(), counted.test(come) ? List.of() : tuples);
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
        Answer answer = new Answer(tag, count, tuples, notices);
        notices = new ArrayList<>();
        come++;
        heard.accept(answer);
    }
}
