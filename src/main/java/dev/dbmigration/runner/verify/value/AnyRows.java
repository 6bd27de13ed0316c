package dev.dbmigration.runner.verify.value;

import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Some rows, whatever is in them, or none. */
record AnyRows(boolean some) implements Answer {

    @Override
    public String expected() {
        return some ? "at least one row" : "no rows";
    }

    @Override
    public int rows() {
        return 2;
    }

    @Override
    public Finding compared(ResultSet result) throws SQLException {
        if (!result.next()) {
            return Finding.of(!some, expected(), "no rows");
        }
        String first = "(" + Words.listed(Answer.values(result)) + ")";
        String observed = result.next() ? "more than one row, the first " + first : "one row " + first;
        return Finding.of(some, expected(), observed);
    }
}
