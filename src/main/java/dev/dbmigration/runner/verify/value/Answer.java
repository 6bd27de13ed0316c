package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.QueryCheck;
import dev.dbmigration.runner.verify.finding.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a query is expected to return. */
interface Answer {

    /** Of the one that a check states. */
    static Answer of(QueryCheck check) {
        if (check.equals() != null) {
            return new OneValue(check.equals());
        }
        return check.rows() == null ? new AnyRows(!Boolean.TRUE.equals(check.noRows())) : new GivenRows(check.rows());
    }

    /** In its author's words. */
    String expected();

    /** So many rows tell the right answer from a wrong one; more need not travel. */
    int rows();

    /** Reads the result, whose cursor stands before its first row. */
    Finding compared(ResultSet result) throws SQLException;

    /** The row under the cursor, each value as PostgreSQL prints it. */
    static List<String> values(ResultSet result) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            values.add(value(result, i));
        }
        return values;
    }

    /** A NULL is the word, a boolean is spelled out. */
    static String value(ResultSet result, int column) throws SQLException {
        String text = result.getString(column);
        return text == null ? "NULL" : isBoolean(result, column) ? spelledOut(text) : text;
    }

    /** What the author wrote, as that value would be told. */
    static String wanted(String written, ResultSet result, int column) throws SQLException {
        return isBoolean(result, column) ? spelledOut(written) : written;
    }

    private static boolean isBoolean(ResultSet result, int column) throws SQLException {
        return "bool".equals(result.getMetaData().getColumnTypeName(column));
    }

    /** A boolean travels as {@code t}, and is {@code true} when cast to text; both are meant by either. */
    private static String spelledOut(String value) {
        return "t".equals(value) ? "true" : "f".equals(value) ? "false" : value;
    }

    /** A value in a sentence. */
    static String shown(String value) {
        return value.isBlank() ? "'" + value + "'" : value;
    }
}
