package dev.dbmigration.runner.verify.finding;

import static dev.dbmigration.runner.verify.finding.Words.quoted;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The columns of a table, by their names. */
public record ColumnNames(Located table, List<String> names) {

    /** All of a table's, in their order. */
    public static ColumnNames of(Catalogue catalogue, Located table) throws SQLException {
        String sql = "SELECT attname FROM pg_catalog.pg_attribute"
                + " WHERE attrelid = ?::pg_catalog.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
        return new ColumnNames(table, catalogue.all(sql, row -> row.getString(1), table.oid()));
    }

    /** That there is no such column, with the name that may have been meant. */
    public String missing(String wanted) {
        return "no column " + quoted(wanted) + " in table " + table + NearestName.hint(wanted, names);
    }

    /** The names as SQL may hold them; thrown where a column is missing, as its values cannot be looked at. */
    public List<String> identifiers(List<String> wanted) throws SQLException {
        List<String> identifiers = new ArrayList<>();
        for (String name : wanted) {
            identifiers.add(Located.identifier(found(name)));
        }
        return identifiers;
    }

    private String found(String wanted) throws SQLException {
        for (String spelling : ObjectName.spellings(wanted)) {
            if (names.contains(spelling)) {
                return spelling;
            }
        }
        throw new SQLException(missing(wanted));
    }
}
