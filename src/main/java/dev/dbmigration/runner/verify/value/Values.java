package dev.dbmigration.runner.verify.value;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.ColumnNames;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectKind;
import dev.dbmigration.runner.verify.finding.ObjectName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Columns of a table as a check names them; schema may be null. */
record Values(String schema, String table, List<String> columns) {

    /**
     * The same as SQL may hold them.
     *
     * @param table quoted, with its schema
     * @param columns quoted
     */
    record Found(String table, List<String> columns) {

        /** The only one. */
        String column() {
            return columns.get(0);
        }
    }

    static Values of(String schema, String table, String... columns) {
        return new Values(schema, table, List.of(columns));
    }

    /** Thrown where table or column is missing: there is nothing to look at, so nothing is known of the values. */
    Found locate(Catalogue catalogue) throws SQLException {
        ObjectName name = new ObjectName(ObjectKind.TABLE, schema, table);
        Optional<Located> located = name.locate(catalogue);
        if (located.isEmpty()) {
            throw new SQLException(name.missingWithHint(catalogue));
        }
        List<String> identifiers = columns.isEmpty()
                ? List.of()
                : ColumnNames.of(catalogue, located.get()).identifiers(columns);
        return new Found(located.get().identifier(), identifiers);
    }
}
