package dev.dbmigration.runner.plan;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the catalogue knows of relations, as they were before the run. */
record Facts(Catalogue catalogue) {

    /** A column; {@code type} is spelled as {@code format_type} does. */
    record Column(int number, long typeOid, String type, boolean domain, boolean notNull) {}

    /** How large a relation is; null: not known. {@code rows} is the planner's estimate, {@code bytes} with indexes. */
    record Size(Long rows, Long bytes) {}

    /** A CHECK of a table, with the columns that it names; those not valid are not believed by the server. */
    record Check(String name, String definition, boolean valid, List<String> columns) {}

    Optional<Column> column(Relation relation, String name) throws SQLException {
        String sql = "SELECT a.attnum, a.atttypid, pg_catalog.format_type(a.atttypid, a.atttypmod), t.typtype = 'd',"
                + " a.attnotnull FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                + " WHERE a.attrelid = ?::pg_catalog.oid AND a.attname = ? AND a.attnum > 0 AND NOT a.attisdropped";
        return catalogue.first(
                sql,
                row -> new Column(
                        row.getInt(1), row.getLong(2), row.getString(3), row.getBoolean(4), row.getBoolean(5)),
                relation.oid(),
                name);
    }

    /** With all partitions. A table that was never analyzed has no estimate; one that somebody locks may have no size. */
    Size size(Relation relation) throws SQLException {
        String sql = "SELECT CASE WHEN pg_catalog.min(c.reltuples) >= 0 AND NOT pg_catalog.bool_and(c.relpages = 0"
                + " AND c.reltuples = 0 AND pg_catalog.pg_relation_size(c.oid) > 0)"
                + " THEN pg_catalog.sum(c.reltuples)::pg_catalog.int8 END,"
                + " pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid))::pg_catalog.int8"
                + " FROM pg_catalog.pg_class c WHERE c.oid = ?::pg_catalog.oid AND c.relkind <> 'p'"
                + " OR c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(?::pg_catalog.oid) WHERE isleaf)";
        try {
            return catalogue
                    .first(
                            sql,
                            row -> new Size(row.getObject(1, Long.class), row.getObject(2, Long.class)),
                            relation.oid(),
                            relation.oid())
                    .orElseThrow();
        } catch (SQLException e) {
            if (!"55P03".equals(e.getSQLState())) {
                throw e;
            }
            return new Size(null, null);
        }
    }

    List<Check> checks(Relation relation) throws SQLException {
        String sql = "SELECT o.conname, pg_catalog.pg_get_constraintdef(o.oid), o.convalidated,"
                + " ARRAY(SELECT a.attname::pg_catalog.text FROM pg_catalog.pg_attribute a"
                + " WHERE a.attrelid = o.conrelid AND a.attnum = ANY (o.conkey)) FROM pg_catalog.pg_constraint o"
                + " WHERE o.conrelid = ?::pg_catalog.oid AND o.contype = 'c'";
        return catalogue.all(
                sql,
                row -> new Check(row.getString(1), row.getString(2), row.getBoolean(3), List.of((String[])
                        row.getArray(4).getArray())),
                relation.oid());
    }

    /** Columns by which a table is partitioned; empty where that is, also, by an expression. */
    List<String> partitionKey(Relation parent) throws SQLException {
        String sql = "SELECT a.attname FROM pg_catalog.pg_partitioned_table p JOIN pg_catalog.pg_attribute a"
                + " ON a.attrelid = p.partrelid AND a.attnum = ANY (p.partattrs)"
                + " WHERE p.partrelid = ?::pg_catalog.oid AND p.partexprs IS NULL";
        return catalogue.all(sql, row -> row.getString(1), parent.oid());
    }

    /** Tables whose foreign keys refer to this one. */
    List<String> referring(Relation relation) throws SQLException {
        String sql = "SELECT DISTINCT n.nspname || '.' || c.relname FROM pg_catalog.pg_constraint o"
                + " JOIN pg_catalog.pg_class c ON c.oid = o.conrelid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE o.contype = 'f' AND o.confrelid = ?::pg_catalog.oid AND o.conrelid <> o.confrelid"
                + " ORDER BY 1 LIMIT 5";
        return catalogue.all(sql, row -> row.getString(1), relation.oid());
    }

    /** Whether each function that this name may stand for is volatile; false where there is none. */
    boolean isVolatile(Name function) throws SQLException {
        String sql = "SELECT coalesce(pg_catalog.bool_and(p.provolatile = 'v'), false) FROM pg_catalog.pg_proc p"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE p.proname = ?"
                + " AND n.nspname = coalesce(?, n.nspname)"
                + " AND (?::pg_catalog.text IS NOT NULL OR n.nspname = ANY (pg_catalog.current_schemas(true)))";
        return catalogue
                .first(sql, row -> row.getBoolean(1), function.name(), function.schema(), function.schema())
                .orElseThrow();
    }

    /** The table that an index belongs to. */
    Optional<Relation> tableOf(Relation index) throws SQLException {
        String sql = "SELECT c.oid, n.nspname, c.relname, c.relkind FROM pg_catalog.pg_index i"
                + " JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE i.indexrelid = ?::pg_catalog.oid";
        return catalogue.first(sql, Relations::read, index.oid());
    }

    /** How a value of one type becomes one of another: {@code b} as it is, {@code f} and {@code i} by computing; else null. */
    String castMethod(long source, String target) throws SQLException {
        String sql = "SELECT castmethod FROM pg_catalog.pg_cast WHERE castsource = ?::pg_catalog.oid"
                + " AND casttarget = pg_catalog.to_regtype(?)";
        return catalogue.first(sql, row -> row.getString(1), source, target).orElse(null);
    }

    /** Whether the type of this name is a domain. */
    boolean isDomain(String type) throws SQLException {
        String sql = "SELECT typtype = 'd' FROM pg_catalog.pg_type WHERE oid = pg_catalog.to_regtype(?)";
        return catalogue.first(sql, row -> row.getBoolean(1), type).orElse(false);
    }

    /** A setting of the session. */
    String setting(String name) throws SQLException {
        return catalogue
                .first("SELECT pg_catalog.current_setting(?)", row -> row.getString(1), name)
                .orElseThrow();
    }
}
