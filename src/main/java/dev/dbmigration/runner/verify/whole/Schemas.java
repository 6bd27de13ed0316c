package dev.dbmigration.runner.verify.whole;

import static dev.dbmigration.runner.verify.finding.Words.quoted;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.ObjectName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The schemas that a check of whole schemas looks at: the named one, or with null all but the system's. */
record Schemas(String name) {

    private static final String SCHEMAS = "SELECT nspname FROM pg_catalog.pg_namespace WHERE ";

    /** What is expected of them, in words. */
    String expected(String what) {
        return name == null ? what : what + " in schema " + name;
    }

    /**
     * Their names.
     *
     * @throws SQLException where the named one is not there: then nothing can be said of it
     */
    String[] names(Catalogue catalogue) throws SQLException {
        return name == null ? users(catalogue) : named(catalogue);
    }

    private static String[] users(Catalogue catalogue) throws SQLException {
        String sql = SCHEMAS + "nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1";
        return catalogue.all(sql, row -> row.getString(1)).toArray(String[]::new);
    }

    private String[] named(Catalogue catalogue) throws SQLException {
        String[] names = ObjectName.spellings(name);
        String sql = SCHEMAS + "nspname = ANY (?) ORDER BY pg_catalog.array_position(?, nspname::pg_catalog.text)";
        Optional<String> first = catalogue.first(sql, row -> row.getString(1), names, names);
        if (first.isEmpty()) {
            throw new SQLException("no schema " + quoted(name));
        }
        return List.of(first.get()).toArray(String[]::new);
    }
}
