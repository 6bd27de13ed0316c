package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.RangeCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.catalogue.Catalogue.Untyped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows whose value lies between two bounds, which the server reads as it reads a constant of the column's type. */
public record RangeProbe(RangeCheck check) implements ShareProbe {

    @Override
    public Values values() {
        return Values.of(check.schema(), check.table(), check.column());
    }

    @Override
    public String minShare() {
        return check.minShare();
    }

    @Override
    public String rule() {
        List<String> bounds = new ArrayList<>();
        if (check.min() != null) {
            bounds.add("at least " + check.min());
        }
        if (check.max() != null) {
            bounds.add("at most " + check.max());
        }
        return check.column() + " " + String.join(", ", bounds);
    }

    @Override
    public Tally count(Catalogue catalogue, Values.Found found) throws SQLException {
        List<Object> bounds = new ArrayList<>();
        String sql = "SELECT pg_catalog.count(*), " + beyond("<", check.min(), found, bounds) + ", "
                + beyond(">", check.max(), found, bounds) + " FROM " + found.table();
        return catalogue.first(sql, this::tally, bounds.toArray()).orElseThrow();
    }

    private static String beyond(String operator, String bound, Values.Found found, List<Object> bounds) {
        if (bound == null) {
            return "0";
        }
        bounds.add(new Untyped(bound));
        return "pg_catalog.count(*) FILTER (WHERE " + found.column() + " " + operator + " ?)";
    }

    private Tally tally(ResultSet row) throws SQLException {
        long below = row.getLong(2);
        long above = row.getLong(3);
        List<String> rest = new ArrayList<>();
        if (below > 0) {
            rest.add(below + " below " + check.min());
        }
        if (above > 0) {
            rest.add(above + " above " + check.max());
        }
        return new Tally(row.getLong(1), row.getLong(1) - below - above, String.join(", ", rest));
    }
}
