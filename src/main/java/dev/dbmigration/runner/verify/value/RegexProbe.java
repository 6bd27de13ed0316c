package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.RegexCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;

/** Rows whose value, as text, matches a regular expression. */
public record RegexProbe(RegexCheck check) implements ShareProbe {

    @Override
    public Values values() {
        return Values.of(check.schema(), check.table(), check.column());
    }

    @Override
    public String minShare() {
        return check.minShare();
    }

    @Override
    public String rule() {
        return check.column() + " matches " + check.pattern();
    }

    @Override
    public Tally count(Catalogue catalogue, Values.Found found) throws SQLException {
        String sql = "SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE " + found.column()
                + "::pg_catalog.text !~ ?) FROM " + found.table();
        return catalogue
                .first(
                        sql,
                        row -> new Tally(
                                row.getLong(1), row.getLong(1) - row.getLong(2), row.getLong(2) + " not matching"),
                        check.pattern())
                .orElseThrow();
    }
}
