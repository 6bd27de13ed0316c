package dev.dbmigration.runner.verify;

import dev.dbmigration.check.Check;
import dev.dbmigration.check.ColumnCheck;
import dev.dbmigration.check.EnumCheck;
import dev.dbmigration.check.IndexCheck;
import dev.dbmigration.check.NoInvalidIndexesCheck;
import dev.dbmigration.check.QueryCheck;
import dev.dbmigration.check.RowCountCheck;
import dev.dbmigration.check.TableCheck;
import java.util.List;

/** Checks of each kind, in few words. */
final class Checks {

    private Checks() {}

    static Check named(String name, Check check) {
        return new Check(
                name,
                check.column(),
                check.table(),
                check.enumType(),
                check.index(),
                check.rowCount(),
                check.query(),
                check.noInvalidIndexes());
    }

    static Check column(String table, String name, Boolean exists, String type, Boolean nullable, String value) {
        return of(new ColumnCheck(null, table, name, exists, type, nullable, value));
    }

    static Check of(ColumnCheck column) {
        return new Check("column", column, null, null, null, null, null, null);
    }

    static Check type(String table, String name, String type) {
        return column(table, name, null, type, null, null);
    }

    static Check table(String schema, String name, Boolean exists) {
        return new Check("table", null, new TableCheck(schema, name, exists), null, null, null, null, null);
    }

    static Check labels(String schema, String name, String... labels) {
        return new Check("enum", null, null, new EnumCheck(schema, name, List.of(labels)), null, null, null, null);
    }

    static Check index(IndexCheck index) {
        return new Check("index", null, null, null, index, null, null, null);
    }

    static Check rows(String table, Long equals, Long min, Long max) {
        return rows(null, table, equals, min, max);
    }

    static Check rows(String schema, String table, Long equals, Long min, Long max) {
        RowCountCheck check = new RowCountCheck(schema, table, equals, min, max);
        return new Check("rows", null, null, null, null, check, null, null);
    }

    static Check query(String sql, String equals) {
        return new Check("query", null, null, null, null, null, new QueryCheck(sql, equals), null);
    }

    static Check noInvalidIndexes(String schema) {
        return new Check("indexes", null, null, null, null, null, null, new NoInvalidIndexesCheck(schema));
    }
}
