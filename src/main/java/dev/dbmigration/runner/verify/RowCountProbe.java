package dev.dbmigration.runner.verify;

import dev.dbmigration.check.RowCountCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.ObjectName.Located;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many rows a table holds. They are counted, as an estimate proves nothing. */
record RowCountProbe(RowCountCheck check) implements Probe {

    @Override
    public String expected() {
        List<String> bounds = new ArrayList<>();
        if (check.equals() != null) {
            bounds.add(Words.count(check.equals(), "row"));
        }
        if (check.min() != null) {
            bounds.add("at least " + Words.count(check.min(), "row"));
        }
        if (check.max() != null) {
            bounds.add("at most " + Words.count(check.max(), "row"));
        }
        return String.join(", ", bounds);
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        if (expected().isEmpty()) {
            throw new SQLException("none of equals, min and max is set");
        }
        ObjectName name = new ObjectName(ObjectKind.TABLE, check.schema(), check.table());
        Optional<Located> table = name.locate(catalogue);
        if (table.isEmpty()) {
            // There is nothing to count, so nothing is known: not a wrong count.
            throw new SQLException(name.missingWithHint(catalogue));
        }
        return compared(count(catalogue, table.get()));
    }

    private static long count(Catalogue catalogue, Located table) throws SQLException {
        String sql = "SELECT pg_catalog.count(*) FROM " + quoted(table.schema()) + "." + quoted(table.name());
        return catalogue.first(sql, row -> row.getLong(1)).orElseThrow();
    }

    private Finding compared(long rows) {
        boolean met = (check.equals() == null || rows == check.equals())
                && (check.min() == null || rows >= check.min())
                && (check.max() == null || rows <= check.max());
        return Finding.of(met, expected(), Words.count(rows, "row"));
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
