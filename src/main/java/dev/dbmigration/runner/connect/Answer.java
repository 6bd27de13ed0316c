package dev.dbmigration.runner.connect;

import java.nio.charset.StandardCharsets;
import java.sql.SQLWarning;
import java.util.List;
import org.postgresql.core.Tuple;

/**
 * What the server has answered to one statement of a {@link Message}. Rows and columns count from 0.
 *
 * @param tag as the server says it, such as COMMIT; empty where there are rows
 * @param count as the tag has it, 0 where it has none; of rows, how many
 * @param tuples the rows; empty where they were only counted; null: the statement returns none
 * @param notices what the server said before it
 */
public record Answer(String tag, long count, List<Tuple> tuples, List<SQLWarning> notices) {

    /** How many rows can be read. */
    public int rows() {
        return tuples.size();
    }

    /** A value as text; null: SQL's. */
    public String text(int row, int column) {
        byte[] value = tuples.get(row).get(column);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** A value that is a whole number. */
    public long number(int row, int column) {
        return Long.parseLong(text(row, column));
    }

    /** Whether there is such a row, and true in it. */
    public boolean isTrue(int row, int column) {
        return row < rows() && "t".equals(text(row, column));
    }
}
