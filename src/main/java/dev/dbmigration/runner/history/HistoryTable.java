package dev.dbmigration.runner.history;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.List;

/**
 * A history table that is there.
 *
 * @param schema its schema, as the catalogue has it
 * @param name its name, as the catalogue has it
 * @param scope whose entries are meant, in our own ledger; null in others
 */
public record HistoryTable(String schema, String name, String scope) {

    /** Its name as it stands in SQL. */
    String qualified() {
        return qualified(name);
    }

    /** The name of a table beside it, as it stands in SQL. */
    String qualified(String sibling) {
        return quoted(schema) + "." + quoted(sibling);
    }

    boolean hasSibling(Catalogue catalogue, String sibling) throws SQLException {
        String sql = "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = ?";
        return catalogue.first(sql, row -> true, schema, sibling).isPresent();
    }

    List<String> columns(Catalogue catalogue) throws SQLException {
        String sql = "SELECT a.attname FROM pg_catalog.pg_attribute a"
                + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        return catalogue.all(sql, row -> row.getString(1), schema, name);
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** For people: {@code public.flyway_schema_history}. */
    @Override
    public String toString() {
        return schema + "." + name + (scope == null ? "" : " under scope \"" + scope + "\"");
    }
}
