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
 * {@code _ccold}, as the manual's page on it says, and another run would leave more.
 */
record Reindexed() implements Remains {

    private static final String LEFT = "SELECT i.indexrelid, pg_catalog.format('%I.%I', n.nspname, c.relname)"
            + " FROM pg_catalog.pg_index i"
            + " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND n.nspname <> 'pg_toast' ORDER BY 1";

    @Override
    public String before(Connection connection) throws SQLException {
        return String.join(",", left(connection).stream().map(Index::oid).toList());
    }

    @Override
    public Finding look(Connection connection, String before) throws SQLException {
        Set<String> known = Set.of(before.split(","));
        List<String> drops = left(connection).stream()
                .filter(index -> !known.contains(index.oid()))
                .map(index -> NewIndex.dropped(index.name()))
                .toList();
        return new Finding.Again("it has left " + drops.size() + " INVALID indexes", drops);
    }

    private static List<Index> left(Connection connection) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(LEFT)) {
            while (rows.next()) {
                indexes.add(new Index(rows.getString(1), rows.getString(2)));
            }
        }
        return indexes;
    }

    private record Index(String oid, String name) {}
}
