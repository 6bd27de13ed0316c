package dev.dbmigration.runner.verify.whole;

import dev.dbmigration.check.NoUnvalidatedConstraintsCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.SQLException;
import java.util.List;

/** That no constraint is NOT VALID. One that is declared NOT ENFORCED never can be, so it is told apart. */
public record NoUnvalidatedConstraintsProbe(NoUnvalidatedConstraintsCheck check) implements Probe {

    // The column came with PostgreSQL 18; by way of JSON it may be missing. A partition's is its parent's to validate.
    private static final String NOT_VALID = """
            SELECT o.conname || ' on ' || coalesce(r.relname, t.typname), n.nspname,
                   coalesce(pg_catalog.to_jsonb(o) ->> 'conenforced', 'true') = 'true'
            FROM pg_catalog.pg_constraint o
            JOIN pg_catalog.pg_namespace n ON n.oid = o.connamespace
            LEFT JOIN pg_catalog.pg_class r ON r.oid = o.conrelid
            LEFT JOIN pg_catalog.pg_type t ON t.oid = o.contypid
            LEFT JOIN pg_catalog.pg_constraint p ON p.oid = o.conparentid
            WHERE NOT o.convalidated AND coalesce(p.convalidated, true) AND n.nspname = ANY (?)
            ORDER BY n.nspname, 1""";

    private record NotValid(String name, boolean enforced) {

        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public String expected() {
        return new Schemas(check.schema()).expected("every constraint validated");
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        List<NotValid> all = catalogue.all(
                NOT_VALID, row -> new NotValid(row.getString(2) + "." + row.getString(1), row.getBoolean(3)), (Object)
                        new Schemas(check.schema()).names(catalogue));
        List<NotValid> left = all.stream().filter(NotValid::enforced).toList();
        int others = all.size() - left.size();
        String without = others == 0 ? "" : "; " + others + " NOT ENFORCED, which nothing validates";
        return left.isEmpty()
                ? Finding.of(true, expected(), "all" + without)
                : Finding.of(
                        false,
                        expected(),
                        left.size() + " NOT VALID: " + Words.some(left)
                                + "; new rows are held to it, old ones are not: ALTER … VALIDATE CONSTRAINT" + without);
    }
}
