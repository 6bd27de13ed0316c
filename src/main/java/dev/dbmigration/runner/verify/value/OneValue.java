package dev.dbmigration.runner.verify.value;

import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One row of one column. */
record OneValue(String equal) implements Answer {

    @Override
    public String expected() {
        return Answer.shown(equal);
    }

    /** The second row shows that there are several. */
    @Override
    public int rows() {
        return 2;
    }

    @Override
    public Finding compared(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        if (columns != 1) {
            return Finding.of(false, expected(), Words.count(columns, "column"));
        }
        if (!result.next()) {
            return Finding.of(false, expected(), "no rows");
        }
        String value = Answer.value(result, 1);
        boolean same = value.equals(Answer.wanted(equal, result, 1));
        return result.next()
                ? Finding.of(false, expected(), "more than one row, the first " + Answer.shown(value))
                : Finding.of(same, expected(), Answer.shown(value));
    }
}
