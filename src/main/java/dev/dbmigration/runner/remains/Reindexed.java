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
 * {@code REINDEX}: may run again; {@code CONCURRENTLY} leaves INVALID indexes behind whose names end in {@code _ccnew} or
 * {@code _ccold}, as the manual's page on it says, and another run would leave more. Those of a TOAST table lie in a
 * schema into which, unless somebody has granted it, only a superuser may reach. What others leave, or build just now,
 * is theirs.
 *
 * @param reach which indexes it can have left
 * @param name what it names, as it stands in the statement; empty: nothing
 */
record Reindexed(Reach reach, String name) implements Remains {

    /** Which tables, as {@code heap}, and which of their indexes, as {@code name}, null for all of them. */
    enum Reach {
        INDEX("SELECT i.indrelid, c.relname FROM named JOIN pg_catalog.pg_index i ON i.indexrelid = named.oid"
                + " JOIN pg_catalog.pg_class c ON c.oid = named.oid"),
        TABLE(withToast("c.oid IN (SELECT oid FROM named)")),
        SCHEMA(withToast("c.relnamespace = (SELECT pg_catalog.to_regnamespace(name) FROM said)")),
        DATABASE("SELECT indrelid, NULL FROM pg_catalog.pg_index"),
        NONE("SELECT NULL::pg_catalog.oid, NULL WHERE false");

        private final String sql;

        Reach(String sql) {
            this.sql = sql;
        }

        private static String withToast(String which) {
            return "SELECT heap, NULL FROM pg_catalog.pg_class c CROSS JOIN LATERAL"
                    + " (VALUES (c.oid), (c.reltoastrelid)) AS both_of_them(heap) WHERE " + which;
        }
    }

    private static final String LEFT = "SELECT i.indexrelid, pg_catalog.format('%I.%I', n.nspname, c.relname),"
            + " pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
            + " FROM pg_catalog.pg_index i"
            + " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'";

    /** A partitioned table or index stands for its partitions too. */
    private static final String NAMED = "WITH said(name) AS (SELECT ?::pg_catalog.text), named(oid) AS ("
            + "SELECT pg_catalog.to_regclass(name)::pg_catalog.oid FROM said"
            + " UNION SELECT t.relid::pg_catalog.oid FROM said"
            + " CROSS JOIN LATERAL pg_catalog.pg_partition_tree(pg_catalog.to_regclass(name)) t), reach(heap, name) AS (";

    /** The server cuts what stands before the ending, so that a name has 63 bytes at most. */
    private static final String REACHED = " AND EXISTS (SELECT FROM reach WHERE heap = i.indrelid AND (name IS NULL"
            + " OR name = pg_catalog.regexp_replace(c.relname, '_cc(new|old)[0-9]*$', '')"
            + " OR pg_catalog.octet_length(c.relname::pg_catalog.text) > 59 AND pg_catalog.starts_with(name,"
            + " pg_catalog.regexp_replace(c.relname, '_cc(new|old)[0-9]*$', ''))))";

    /** Who builds one so holds this lock on it all the while; of other roles the view of progress does not tell. */
    private static final String NOT_UNDER_WAY = " AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l"
            + " WHERE l.locktype = 'relation' AND l.relation = i.indexrelid AND l.granted"
            + " AND l.mode = 'ShareUpdateExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid() AND l.database ="
            + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))"
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p"
            + " WHERE p.datname = pg_catalog.current_database() AND p.index_relid = i.indexrelid)";

    static Reindexed of(StatementWords words) {
        StatementWords outermost = words.outermost();
        int name = outermost.hasAt(2, "CONCURRENTLY") ? 3 : 2;
        return new Reindexed(reach(words, outermost), outermost.nameAt(name));
    }

    /** Without {@code CONCURRENTLY}, which may stand in parentheses too, nothing is left. */
    private static Reach reach(StatementWords words, StatementWords outermost) {
        if (words.indexOf("CONCURRENTLY") < 0) {
            return Reach.NONE;
        }
        for (Reach each : List.of(Reach.INDEX, Reach.TABLE, Reach.SCHEMA)) {
            if (outermost.hasAt(1, each.name())) {
                return each;
            }
        }
        return Reach.DATABASE;
    }

    /** All that are there, since a partition may come before anybody looks again. */
    @Override
    public String before(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LEFT)) {
            return String.join(",", left(query).stream().map(Index::oid).toList());
        }
    }

    @Override
    public Finding look(Connection connection, String before) throws SQLException {
        Set<String> known = Set.of(before.split(","));
        List<Index> made = reached(connection).stream()
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

    private List<Index> reached(Connection connection) throws SQLException {
        String sql = NAMED + reach.sql + ") " + LEFT + REACHED + NOT_UNDER_WAY + " ORDER BY 1";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, reach == Reach.DATABASE ? null : name);
            return left(query);
        }
    }

    private static List<Index> left(PreparedStatement query) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                indexes.add(new Index(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
            }
        }
        return indexes;
    }

    private record Index(String oid, String name, boolean reachable) {}
}
