package dev.dbmigration.runner.verify;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A column as the catalogue has it.
 *
 * @param defaultValue null where there is none; what a generated column is computed from is no default
 * @param origin where values come from if not from a default: {@code identity}, {@code generated}, or empty
 */
record Column(String name, String type, boolean nullable, String defaultValue, String origin) {

    private static final String OF_TABLE = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), NOT (a.attnotnull OR t.typnotnull),
                   CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
                   CASE WHEN a.attgenerated <> '' THEN 'generated' WHEN a.attidentity <> '' THEN 'identity' ELSE '' END
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ?::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname = ANY (?)
            ORDER BY pg_catalog.array_position(?, a.attname::pg_catalog.text) LIMIT 1""";

    /** The column of this name, if the table has it. */
    static Optional<Column> find(Catalogue catalogue, ObjectName.Located table, String name) throws SQLException {
        String[] names = ObjectName.spellings(name);
        return catalogue.first(OF_TABLE, Column::read, table.oid(), names, names);
    }

    /** Names of all columns of a table. */
    static List<String> names(Catalogue catalogue, ObjectName.Located table) throws SQLException {
        String sql = "SELECT attname FROM pg_catalog.pg_attribute"
                + " WHERE attrelid = ?::pg_catalog.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
        return catalogue.all(sql, row -> row.getString(1), table.oid());
    }

    private static Column read(ResultSet row) throws SQLException {
        return new Column(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4), row.getString(5));
    }
}
