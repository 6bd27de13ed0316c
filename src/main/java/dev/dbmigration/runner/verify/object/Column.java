package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.ColumnCheck.Generated;
import dev.dbmigration.check.ColumnCheck.Identity;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Printed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * A column as the catalogue has it.
 *
 * @param proved whether a NOT NULL is known to hold for all rows; 18 lets one be added that is not validated
 * @param defaultValue null where there is none; what a generated column is computed from is no default
 * @param expression what a generated column is computed from, else null
 * @param collation null for a type that has none
 */
record Column(
        String name,
        String type,
        boolean nullable,
        boolean proved,
        String defaultValue,
        Identity identity,
        Generated generated,
        Printed expression,
        String collation) {

    private static final String OF_TABLE = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), NOT (a.attnotnull OR t.typnotnull),
                   NOT EXISTS (SELECT FROM pg_catalog.pg_constraint n WHERE n.conrelid = a.attrelid
                               AND n.contype = 'n' AND n.conkey[1] = a.attnum AND NOT n.convalidated),
                   a.attidentity, a.attgenerated,
                   pg_catalog.pg_get_expr(d.adbin, d.adrelid), pg_catalog.pg_get_expr(d.adbin, d.adrelid, true),
                   c.collname
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
            WHERE a.attrelid = ?::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname = ANY (?)
            ORDER BY pg_catalog.array_position(?, a.attname::pg_catalog.text) LIMIT 1""";

    /** See https://www.postgresql.org/docs/current/catalog-pg-attribute.html, attidentity and attgenerated. */
    private static final Map<String, Identity> IDENTITIES =
            Map.of("a", Identity.Always, "d", Identity.ByDefault, "", Identity.None);

    private static final Map<String, Generated> GENERATED =
            Map.of("s", Generated.Stored, "v", Generated.Virtual, "", Generated.None);

    /** The column of this name, if the table has it. */
    static Optional<Column> find(Catalogue catalogue, Located table, String name) throws SQLException {
        String[] names = ObjectName.spellings(name);
        return catalogue.first(OF_TABLE, Column::read, table.oid(), names, names);
    }

    private static Column read(ResultSet row) throws SQLException {
        Generated generated = GENERATED.get(row.getString(6));
        boolean computed = generated != Generated.None;
        return new Column(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getBoolean(4),
                computed ? null : row.getString(7),
                IDENTITIES.get(row.getString(5)),
                generated,
                computed ? Facts.printed(row, 7) : null,
                row.getString(9));
    }

    /** {@code nullable}, {@code NOT NULL}, or that of a NOT NULL that older rows may break. */
    String nullability() {
        return nullable ? "nullable" : proved ? "NOT NULL" : "NOT NULL, which is NOT VALID";
    }

    /** Where values come from if not from a default: {@code  (identity)}, {@code  (generated)}, or nothing. */
    String origin() {
        return generated != Generated.None ? " (generated)" : identity != Identity.None ? " (identity)" : "";
    }
}
