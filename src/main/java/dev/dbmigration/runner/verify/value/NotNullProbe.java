package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.NotNullCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;

/** Rows that have a value in a column. */
public record NotNullProbe(NotNullCheck check) implements ShareProbe {

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
        return check.column() + " is not NULL";
    }

    @Override
    public Tally count(Catalogue catalogue, Values.Found found) throws SQLException {
        String sql = "SELECT pg_catalog.count(*), pg_catalog.count(" + found.column() + ") FROM " + found.table();
        return catalogue
                .first(sql, row -> new Tally(row.getLong(1), row.getLong(2), row.getLong(1) - row.getLong(2) + " NULL"))
                .orElseThrow();
    }
}
