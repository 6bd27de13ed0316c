package dev.dbmigration.runner.verify.whole;

import dev.dbmigration.check.NoInvalidIndexesCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** That no index is INVALID, by name of those that are. One that is being built now is told and not held against. */
public record NoInvalidIndexesProbe(NoInvalidIndexesCheck check) implements Probe {

    // Of a session of another user the progress tells the process alone; its lock on the table is for all to see.
    private static final String INVALID = """
            SELECT n.nspname || '.' || c.relname || ' on ' || t.relname,
                   (SELECT g.pid FROM pg_catalog.pg_stat_get_progress_info('CREATE INDEX') g
                     WHERE coalesce(g.param7, 0) IN (0, i.indexrelid::pg_catalog.int8)
                       AND EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.pid = g.pid AND l.granted
                                   AND l.relation = i.indrelid AND l.mode = 'ShareUpdateExclusiveLock')
                     ORDER BY 1 LIMIT 1),
                   CASE WHEN c.relkind = 'I' THEN ARRAY(
                     SELECT p.relname::pg_catalog.text FROM pg_catalog.pg_inherits h
                     JOIN pg_catalog.pg_class p ON p.oid = h.inhrelid
                     WHERE h.inhparent = i.indrelid AND NOT EXISTS (
                       SELECT FROM pg_catalog.pg_index o JOIN pg_catalog.pg_inherits a ON a.inhrelid = o.indexrelid
                       WHERE o.indrelid = p.oid AND a.inhparent = i.indexrelid)
                     ORDER BY 1) END
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid AND n.nspname = ANY (?)
            ORDER BY n.nspname, c.relname""";

    /** An index that is not valid; {@code builder}: the process that builds it now, 0: none. */
    private record Invalid(String name, int builder, List<String> without) {

        static Invalid read(ResultSet row) throws SQLException {
            List<String> without = row.getArray(3) == null
                    ? List.of()
                    : Arrays.asList((String[]) row.getArray(3).getArray());
            return new Invalid(row.getString(1), row.getInt(2), without);
        }

        boolean underWay() {
            return builder != 0;
        }

        @Override
        public String toString() {
            if (underWay()) {
                return name + " by pid " + builder;
            }
            return without.isEmpty() ? name : name + " (none on partition " + Words.listed(without) + ")";
        }
    }

    @Override
    public String expected() {
        return new Schemas(check.schema()).expected("no invalid index");
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        List<Invalid> all =
                catalogue.all(INVALID, Invalid::read, (Object) new Schemas(check.schema()).names(catalogue));
        List<Invalid> building = all.stream().filter(Invalid::underWay).toList();
        List<Invalid> left = all.stream().filter(index -> !index.underWay()).toList();
        String invalid = left.isEmpty() ? "none" : left.size() + " invalid: " + Words.some(left);
        String warning = building.isEmpty() ? "" : "; being built now: " + Words.some(building);
        return Finding.of(left.isEmpty(), expected(), invalid + warning);
    }
}
