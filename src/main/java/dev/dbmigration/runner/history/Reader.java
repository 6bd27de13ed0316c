package dev.dbmigration.runner.history;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;

/** Reads one tool's table. */
@FunctionalInterface
interface Reader {

    History read(Catalogue catalogue, HistoryTable table) throws SQLException;

    /** A table that holds nothing but what was run: a column, or an expression, by which an entry is known. */
    static Reader names(String name, String order) {
        return (catalogue, table) -> {
            String sql = "SELECT " + name + " FROM " + table.qualified() + " ORDER BY " + order;
            return History.of(catalogue.all(sql, row -> Entry.recorded(row.getString(1))));
        };
    }
}
