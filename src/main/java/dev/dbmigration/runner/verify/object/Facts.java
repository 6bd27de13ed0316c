package dev.dbmigration.runner.verify.object;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.Printed;
import dev.dbmigration.runner.verify.finding.Reference;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads what the catalogue says of an object. */
final class Facts {

    /** Whether the schema of this expression is one that names are looked up in, the server's own among them. */
    static final String IN_PATH = " = ANY (pg_catalog.current_schemas(true)) ";

    /** The names of all columns of the relation {@code c}, in their order. */
    static final String COLUMNS = """
            ARRAY(SELECT a.attname::pg_catalog.text FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)""";

    private Facts() {}

    /** By a query of one row, whose one parameter is the object's oid. */
    static <T> T of(Catalogue catalogue, Located object, String sql, Catalogue.Row<T> row) throws SQLException {
        return catalogue
                .first(sql, row, object.oid())
                .orElseThrow(() -> new SQLException(object + " was dropped meanwhile"));
    }

    /** Of a column that holds an expression in full, before one that holds it in short. */
    static Printed printed(ResultSet row, int column) throws SQLException {
        return Printed.of(row.getString(column), row.getString(column + 1));
    }

    /** Of three columns: schema, name, and whether that schema is in the path. */
    static Reference reference(ResultSet row, int column) throws SQLException {
        return Reference.of(row.getString(column), row.getString(column + 1), row.getBoolean(column + 2));
    }
}
