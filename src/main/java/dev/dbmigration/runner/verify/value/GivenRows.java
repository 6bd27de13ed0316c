package dev.dbmigration.runner.verify.value;

import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Exactly these rows, in the order in which the query returns them. */
record GivenRows(List<List<String>> given) implements Answer {

    @Override
    public String expected() {
        return given.isEmpty() ? "no rows" : told(given);
    }

    private static String told(List<List<String>> rows) {
        String values = rows.stream().map(GivenRows::row).collect(Collectors.joining(", "));
        return Words.count(rows.size(), "row") + " " + values;
    }

    private static String row(List<String> values) {
        return "(" + Words.listed(values) + ")";
    }

    /** One more shows that there are more. */
    @Override
    public int rows() {
        return given.size() + 1;
    }

    /** Tells the first row that differs, as long lists are cut at their end. */
    @Override
    public Finding compared(ResultSet result) throws SQLException {
        List<List<String>> found = new ArrayList<>();
        while (result.next()) {
            List<String> values = Answer.values(result);
            found.add(values);
            int number = found.size();
            if (number > given.size()) {
                return Finding.of(false, expected(), "more than that, the next row " + row(values));
            }
            List<String> wanted = wanted(given.get(number - 1), result);
            if (!values.equals(wanted)) {
                return Finding.of(false, "row " + number + " " + row(wanted), "row " + number + " " + row(values));
            }
        }
        if (found.size() < given.size()) {
            String next = row(given.get(found.size()));
            return Finding.of(false, expected(), Words.count(found.size(), "row") + ", without " + next);
        }
        return Finding.of(true, expected(), found.isEmpty() ? "no rows" : told(found));
    }

    private static List<String> wanted(List<String> written, ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            wanted.add(i < columns ? Answer.wanted(written.get(i), result, i + 1) : written.get(i));
        }
        return wanted;
    }
}
