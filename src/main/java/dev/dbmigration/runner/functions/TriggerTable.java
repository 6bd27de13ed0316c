package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.plpgsql.Identifiers;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * A table with a trigger that calls a function.
 *
 * @param transitions the names under which the trigger hands over the rows of a statement
 */
record TriggerTable(long oid, String schema, String name, List<String> transitions) {

    // Of a partitioned table's triggers its partitions have copies.
    private static final String OF_FUNCTION = """
            SELECT c.oid, n.nspname, c.relname,
                   pg_catalog.array_remove(pg_catalog.array_agg(t.tgnewtable::pg_catalog.text)
                     || pg_catalog.array_agg(t.tgoldtable::pg_catalog.text), NULL)
            FROM pg_catalog.pg_trigger t
            JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE t.tgfoid = ?::pg_catalog.oid AND NOT t.tgisinternal AND t.tgparentid = 0
            GROUP BY c.oid, n.nspname, c.relname ORDER BY n.nspname, c.relname""";

    static List<TriggerTable> of(Catalogue catalogue, Routine routine) throws SQLException {
        return catalogue.all(
                OF_FUNCTION,
                row -> new TriggerTable(row.getLong(1), row.getString(2), row.getString(3), Arrays.asList((String[])
                        row.getArray(4).getArray())),
                routine.oid());
    }

    /** The name for SQL, which is that of its rows' type too. */
    String quoted() {
        return Identifiers.quoted(List.of(schema, name));
    }
}
