package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.RowCountCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import dev.dbmigration.runner.verify.finding.Words;
import java.math.BigDecimal;
import java.sql.SQLException;

/** How many rows a table holds. They are counted, as an estimate proves nothing. */
public record RowCountProbe(RowCountCheck check) implements Probe {

    private Bounds bounds() {
        return new Bounds(number(check.equals()), number(check.min()), number(check.max()), RowCountProbe::words);
    }

    private static BigDecimal number(Long number) {
        return number == null ? null : BigDecimal.valueOf(number);
    }

    private static String words(BigDecimal rows) {
        return Words.count(rows.longValueExact(), "row");
    }

    @Override
    public String expected() {
        return bounds().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        Values.Found found = Values.of(check.schema(), check.table()).locate(catalogue);
        String sql = "SELECT pg_catalog.count(*) FROM " + found.table();
        long rows = catalogue.first(sql, row -> row.getLong(1)).orElseThrow();
        return Finding.of(bounds().hold(number(rows)), expected(), words(number(rows)));
    }
}
