package dev.dbmigration.runner.verify.object;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Expression;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Printed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/** An index as the catalogue has it; predicate: null where it covers the whole table. */
record Index(
        String table,
        List<Key> keys,
        boolean unique,
        boolean valid,
        String method,
        List<String> included,
        Printed predicate) {

    // indkey counts from 0 and holds 0 for an expression; columns that are only INCLUDEd follow the keys.
    private static final String INDEX = """
            SELECT t.relname, i.indisunique, i.indisvalid, m.amname,
                   pg_catalog.pg_get_expr(i.indpred, i.indrelid), pg_catalog.pg_get_expr(i.indpred, i.indrelid, true),
                   ARRAY(SELECT a.attname::pg_catalog.text
                         FROM pg_catalog.generate_series(1, i.indnatts::integer) AS k (n)
                         LEFT JOIN pg_catalog.pg_attribute a
                                ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.n - 1] AND a.attnum <> 0
                         ORDER BY k.n),
                   ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, k.n, false)
                         FROM pg_catalog.generate_series(1, i.indnkeyatts::integer) AS k (n) ORDER BY k.n)
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_am m ON m.oid = c.relam
            WHERE i.indexrelid = ?::pg_catalog.oid""";

    /** One key: a column, or, with a null column, an expression. */
    record Key(String column, String expression) {

        boolean is(String wanted) {
            return column == null
                    ? Expression.same(wanted, expression)
                    : List.of(ObjectName.spellings(wanted)).contains(column);
        }

        @Override
        public String toString() {
            return column == null ? expression : column;
        }
    }

    static Index read(Catalogue catalogue, Located index) throws SQLException {
        return Facts.of(catalogue, index, INDEX, Index::read);
    }

    private static Index read(ResultSet row) throws SQLException {
        List<String> columns = Catalogue.texts(row, 7);
        List<String> expressions = Catalogue.texts(row, 8);
        List<Key> keys = IntStream.range(0, expressions.size())
                .mapToObj(i -> new Key(columns.get(i), expressions.get(i)))
                .toList();
        return new Index(
                row.getString(1),
                keys,
                row.getBoolean(2),
                row.getBoolean(3),
                row.getString(4),
                columns.subList(keys.size(), columns.size()),
                Facts.printed(row, 5));
    }
}
