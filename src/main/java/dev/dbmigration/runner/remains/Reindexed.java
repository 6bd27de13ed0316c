package dev.dbmigration.runner.remains;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code REINDEX}: may run again; {@code CONCURRENTLY} leaves INVALID indexes behind whose names end in {@code _ccnew} or
 * {@code _ccold}, as the manual's page on it says, and another run would leave more. Those of a TOAST table lie in a
 * schema into which, unless somebody has granted it, only a superuser may reach.
 */
record Reindexed() implements Remains {

    private static final String LEFT = "SELECT i.indexrelid, pg_catalog.format('%I.%I', n.nspname, c.relname),"
            + " pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
            + " FROM pg_catalog.pg_index i"
            + " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' ORDER BY 1";

    @Override
    public String before(Connection connection) throws SQLException {
        return String.join(",", left(connection).stream().map(Index::oid).toList());
    }

    @Override
    public Finding look(Connection connection, String before) throws SQLException {
        Set<String> known = Set.of(before.split(","));
        List<Index> made = left(connection).stream()
                .filter(index -> !known.contains(index.oid()))
                .toList();
        return new Finding.Again(
                "it has left " + made.size() + " INVALID indexes",
                made.stream()
                        .filter(Index::reachable)
                        .map(index -> NewIndex.dropped(index.name()))
                        .toList(),
                made.stream()
                        .filter(index -> !index.reachable())
                        .map(Index::name)
                        .toList());
    }

    private static List<Index> left(Connection connection) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(LEFT)) {
            while (rows.next()) {
                indexes.add(new Index(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
            }
        }
        return indexes;
    }

    private record Index(String oid, String name, boolean reachable) {}
}
