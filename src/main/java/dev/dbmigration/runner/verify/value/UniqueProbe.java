package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.UniqueCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** Rows whose values no other row has; one with a NULL among them complies, as in a unique constraint. */
public record UniqueProbe(UniqueCheck check) implements ShareProbe {

    @Override
    public Values values() {
        return new Values(check.schema(), check.table(), check.columns());
    }

    @Override
    public String minShare() {
        return check.minShare();
    }

    @Override
    public String rule() {
        return Words.listed(check.columns()) + " unique";
    }

    @Override
    public Tally count(Catalogue catalogue, Values.Found found) throws SQLException {
        String columns = String.join(", ", found.columns());
        String complete =
                found.columns().stream().map(column -> column + " IS NOT NULL").collect(Collectors.joining(" AND "));
        String sql = """
                SELECT COALESCE(pg_catalog.sum(g.n), 0), COALESCE(pg_catalog.sum(g.n) FILTER (WHERE g.shared), 0),
                       pg_catalog.count(*) FILTER (WHERE g.shared)
                FROM (SELECT pg_catalog.count(*) AS n, pg_catalog.count(*) > 1 AND %s AS shared
                      FROM %s GROUP BY %s) g""".formatted(complete, found.table(), columns);
        return catalogue.first(sql, UniqueProbe::tally).orElseThrow();
    }

    private static Tally tally(ResultSet row) throws SQLException {
        long sharing = row.getLong(2);
        String rest = Words.count(sharing, "row") + " share " + Words.count(row.getLong(3), "value");
        return new Tally(row.getLong(1), row.getLong(1) - sharing, rest);
    }
}
