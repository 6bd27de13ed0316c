package dev.dbmigration.runner.verify;

import dev.dbmigration.check.QueryCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A query of the user's that returns one row of one column. */
record QueryProbe(QueryCheck check) implements Probe {

    @Override
    public String expected() {
        return shown(check.equals());
    }

    @Override
    public String statement() {
        return check.sql();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        OneQuery.require(catalogue, check.sql());
        try (Statement statement = catalogue.verbatim()) {
            // The second row shows that there are several; more need not travel.
            statement.setMaxRows(2);
            if (!statement.execute(check.sql())) {
                throw new SQLException("not a query: the statement returns no result");
            }
            return compared(statement.getResultSet());
        }
    }

    private Finding compared(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        if (columns != 1) {
            return Finding.of(false, expected(), Words.count(columns, "column"));
        }
        if (!result.next()) {
            return Finding.of(false, expected(), "no rows");
        }
        String value = value(result);
        boolean same = value.equals(wanted(result));
        return result.next()
                ? Finding.of(false, expected(), "more than one row, the first " + shown(value))
                : Finding.of(same, expected(), shown(value));
    }

    private static String value(ResultSet result) throws SQLException {
        String text = result.getString(1);
        return text == null ? "NULL" : isBoolean(result) ? spelledOut(text) : text;
    }

    private String wanted(ResultSet result) throws SQLException {
        return isBoolean(result) ? spelledOut(check.equals()) : check.equals();
    }

    private static boolean isBoolean(ResultSet result) throws SQLException {
        return "bool".equals(result.getMetaData().getColumnTypeName(1));
    }

    /** A boolean travels as {@code t}, and is {@code true} when cast to text; both are meant by either. */
    private static String spelledOut(String value) {
        return "t".equals(value) ? "true" : "f".equals(value) ? "false" : value;
    }

    private static String shown(String value) {
        return value.isBlank() ? "'" + value + "'" : value;
    }
}
