package dev.dbmigration.runner.verify;

import dev.dbmigration.check.NoInvalidIndexesCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.ObjectName;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** That no index is INVALID, by name of those that are. */
record NoInvalidIndexesProbe(NoInvalidIndexesCheck check) implements Probe {

    /** So many are named, the others counted: what is shown of a result is short. */
    private static final int NAMED = 5;

    private static final String SCHEMAS = "SELECT nspname FROM pg_catalog.pg_namespace WHERE ";

    private static final String INVALID = """
            SELECT n.nspname || '.' || c.relname || ' on ' || t.relname
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid AND n.nspname = ANY (?)
            ORDER BY n.nspname, c.relname""";

    @Override
    public String expected() {
        return check.schema() == null ? "no invalid index" : "no invalid index in schema " + check.schema();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        List<String> schemas = check.schema() == null ? usersSchemas(catalogue) : named(catalogue);
        return schemas.isEmpty() && check.schema() != null
                ? Finding.of(false, expected(), "no schema " + Words.quoted(check.schema()))
                : found(catalogue.all(INVALID, row -> row.getString(1), (Object) schemas.toArray(String[]::new)));
    }

    private static List<String> usersSchemas(Catalogue catalogue) throws SQLException {
        String sql = SCHEMAS + "nspname !~ '^pg_' AND nspname <> 'information_schema'";
        return catalogue.all(sql, row -> row.getString(1));
    }

    private List<String> named(Catalogue catalogue) throws SQLException {
        String[] names = ObjectName.spellings(check.schema());
        String sql = SCHEMAS + "nspname = ANY (?) ORDER BY pg_catalog.array_position(?, nspname::pg_catalog.text)";
        Optional<String> first = catalogue.first(sql, row -> row.getString(1), names, names);
        return first.stream().toList();
    }

    private Finding found(List<String> invalid) {
        return invalid.isEmpty()
                ? Finding.of(true, expected(), "none")
                : Finding.of(false, expected(), invalid.size() + " invalid: " + listed(invalid));
    }

    private static String listed(List<String> invalid) {
        String named = String.join(", ", invalid.subList(0, Math.min(NAMED, invalid.size())));
        return invalid.size() <= NAMED ? named : named + " and " + (invalid.size() - NAMED) + " more";
    }
}
