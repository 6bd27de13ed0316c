package dev.dbmigration.runner.verify;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.ObjectName.Located;
import java.sql.SQLException;
import java.util.List;

/** An index as the catalogue has it. */
record Index(String table, List<Key> keys, boolean unique, boolean valid) {

    private static final String INDEX = """
            SELECT t.relname, i.indisunique, i.indisvalid
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
            WHERE i.indexrelid = ?::pg_catalog.oid""";

    // indkey counts from 0 and holds 0 for an expression; columns that are only INCLUDEd follow the keys.
    private static final String KEYS = """
            SELECT a.attname, pg_catalog.pg_get_indexdef(i.indexrelid, k.n, false)
            FROM pg_catalog.pg_index i
            CROSS JOIN pg_catalog.generate_series(1, i.indnkeyatts::integer) AS k (n)
            LEFT JOIN pg_catalog.pg_attribute a
                   ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.n - 1] AND a.attnum <> 0
            WHERE i.indexrelid = ?::pg_catalog.oid
            ORDER BY k.n""";

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
        List<Key> keys = catalogue.all(KEYS, row -> new Key(row.getString(1), row.getString(2)), index.oid());
        return catalogue
                .first(
                        INDEX,
                        row -> new Index(row.getString(1), keys, row.getBoolean(2), row.getBoolean(3)),
                        index.oid())
                .orElseThrow(() -> new SQLException("index " + index + " was dropped meanwhile"));
    }
}
