package dev.dbmigration.runner.remains;

import dev.dbmigration.runner.script.StatementWords;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code CREATE INDEX CONCURRENTLY}: killed, it leaves an index that is INVALID, or a valid one where only its answer
 * was lost. Whose index it is, the list of those that the table had before tells.
 *
 * @param table as it stands in the statement
 * @param name as it stands in the statement; null: the server chooses
 */
record NewIndex(String table, String name) implements Remains {

    private static final String INDEXES = "SELECT i.indexrelid, i.indisvalid AND i.indisready AND i.indislive,"
            + " pg_catalog.format('%I.%I', n.nspname, c.relname)"
            + " FROM pg_catalog.pg_index i"
            + " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE i.indrelid = pg_catalog.to_regclass(?)"
            + " AND (?::text IS NULL OR c.relname = (pg_catalog.parse_ident(?))[1]) ORDER BY 1";

    static NewIndex of(StatementWords words) {
        StatementWords outermost = words.outermost();
        int on = outermost.indexOf("ON");
        int table = outermost.hasAt(on + 1, "ONLY") ? on + 2 : on + 1;
        boolean named = !outermost.hasAt(on - 1, "CONCURRENTLY") && !outermost.hasAt(on - 1, "INDEX");
        return new NewIndex(outermost.nameAt(table), named ? outermost.nameAt(on - 1) : null);
    }

    @Override
    public String before(Connection connection) throws SQLException {
        return String.join(",", indexes(connection).stream().map(Index::oid).toList());
    }

    @Override
    public Finding look(Connection connection, String before) throws SQLException {
        Set<String> known = Set.of(before.split(","));
        List<Index> made = indexes(connection).stream()
                .filter(index -> !known.contains(index.oid()))
                .toList();
        if (made.isEmpty()) {
            return new Finding.Again("it has left no index", List.of());
        }
        if (made.size() > 1) {
            return new Finding.Unknown("the table has several new indexes: "
                    + String.join(", ", made.stream().map(Index::name).toList()));
        }
        Index index = made.get(0);
        return index.valid()
                ? new Finding.Done("index " + index.name() + " is there and valid", List.of())
                : new Finding.Again("it has left index " + index.name() + " INVALID", List.of(dropped(index.name())));
    }

    /** The one of this name that is INVALID; null: there is none. */
    String invalid(Connection connection) throws SQLException {
        return indexes(connection).stream()
                .filter(index -> !index.valid())
                .map(Index::name)
                .findFirst()
                .orElse(null);
    }

    static String dropped(String index) {
        return "DROP INDEX CONCURRENTLY " + index;
    }

    private List<Index> indexes(Connection connection) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(INDEXES)) {
            query.setString(1, table);
            query.setString(2, name);
            query.setString(3, name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    indexes.add(new Index(rows.getString(1), rows.getBoolean(2), rows.getString(3)));
                }
            }
        }
        return indexes;
    }

    private record Index(String oid, boolean valid, String name) {}
}
