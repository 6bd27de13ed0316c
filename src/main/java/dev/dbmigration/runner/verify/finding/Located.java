package dev.dbmigration.runner.verify.finding;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An object as the catalogue has it.
 *
 * @param schema null for what lies in no schema
 */
public record Located(long oid, String schema, String name) {

    /** Of a row of oid, schema and name. */
    static Located read(ResultSet row) throws SQLException {
        return new Located(row.getLong(1), row.getString(2), row.getString(3));
    }

    /** As SQL may name it: quoted, with its schema. */
    public String identifier() {
        return identifier(schema) + "." + identifier(name);
    }

    /** A name as SQL may hold it, quoted. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
