package dev.dbmigration.runner.verify.whole;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns that refer to others, by a constraint or without one; each column is in quotes.
 *
 * @param name for people
 * @param from table whose rows refer, for SQL; without those that inherit from it, where it has none to itself
 * @param matches how the columns are compared, such as {@code f."a" = t."b"}, where f refers to t
 * @param full whether a row with some NULLs, but not only, refers to nothing that can be there
 */
record ForeignKey(String name, String from, String to, List<String> columns, List<String> matches, boolean full) {

    // Operators are the constraint's own; a table that is not partitioned stands for itself alone.
    private static final String ENFORCED = """
            SELECT n.nspname || '.' || r.relname || '.' || o.conname,
                   CASE r.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || o.conrelid::pg_catalog.regclass,
                   CASE f.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || o.confrelid::pg_catalog.regclass,
                   ARRAY(SELECT pg_catalog.quote_ident(a.attname) FROM pg_catalog.unnest(o.conkey) WITH ORDINALITY k (c, i)
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.c ORDER BY k.i),
                   ARRAY(SELECT 't.' || pg_catalog.quote_ident(b.attname) || ' OPERATOR(' || pg_catalog.quote_ident(s.nspname)
                                || '.' || e.oprname || ') f.' || pg_catalog.quote_ident(a.attname)
                     FROM ROWS FROM (pg_catalog.unnest(o.conkey), pg_catalog.unnest(o.confkey),
                                     pg_catalog.unnest(o.conpfeqop)) WITH ORDINALITY k (c, d, op, i)
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.c
                     JOIN pg_catalog.pg_attribute b ON b.attrelid = o.confrelid AND b.attnum = k.d
                     JOIN pg_catalog.pg_operator e ON e.oid = k.op
                     JOIN pg_catalog.pg_namespace s ON s.oid = e.oprnamespace ORDER BY k.i),
                   o.confmatchtype = 'f',
                   coalesce(pg_catalog.to_jsonb(o) ->> 'conenforced', 'true') = 'true'
                     AND coalesce(pg_catalog.to_jsonb(o) ->> 'conperiod', 'false') = 'false'
            FROM pg_catalog.pg_constraint o
            JOIN pg_catalog.pg_class r ON r.oid = o.conrelid
            JOIN pg_catalog.pg_class f ON f.oid = o.confrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
            WHERE o.contype = 'f' AND o.conparentid = 0 AND n.nspname = ANY (?)
            ORDER BY n.nspname, r.relname, o.conname""";

    /** A constraint of the catalogue; those that are not looked at are NOT ENFORCED, or of periods. */
    record Listed(ForeignKey key, boolean lookedAt) {}

    /** All of the tables in these schemas, by name. */
    static List<Listed> of(Catalogue catalogue, String[] schemas) throws SQLException {
        return catalogue.all(ENFORCED, row -> new Listed(read(row), row.getBoolean(7)), (Object) schemas);
    }

    private static ForeignKey read(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getString(1), row.getString(2), row.getString(3), texts(row, 4), texts(row, 5), row.getBoolean(6));
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** How many rows refer to one that is not there, counted. */
    long orphans(Catalogue catalogue) throws SQLException {
        String refers = "(" + joined(columns.stream().map(column -> "f." + column + " IS NOT NULL"), " AND ") + ")";
        String missing = "NOT EXISTS (SELECT FROM " + to + " t WHERE " + String.join(" AND ", matches) + ")";
        String half = joined(columns.stream().map(column -> "f." + column + " IS NULL"), " OR ") + ") AND ("
                + joined(columns.stream().map(column -> "f." + column + " IS NOT NULL"), " OR ");
        String sql = "SELECT pg_catalog.count(*) FROM " + from + " f WHERE " + refers + " AND " + missing
                + (full ? " OR (" + half + ")" : "");
        return catalogue.first(sql, row -> row.getLong(1)).orElseThrow();
    }

    private static String joined(Stream<String> parts, String between) {
        return parts.collect(Collectors.joining(between));
    }
}
