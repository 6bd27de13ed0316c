package dev.dbmigration.runner.verify.value;

import dev.dbmigration.check.SumCheck;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the values of a column add up to, by the server's arithmetic. */
public record SumProbe(SumCheck check) implements Probe {

    private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");

    private Bounds bounds() {
        return new Bounds(number(check.equals()), number(check.min()), number(check.max()), BigDecimal::toPlainString);
    }

    private static BigDecimal number(String number) {
        return number == null ? null : new BigDecimal(number);
    }

    @Override
    public String expected() {
        return "sum " + bounds().expected();
    }

    @Override
    public Finding look(Catalogue catalogue) throws SQLException {
        Values.Found found =
                Values.of(check.schema(), check.table(), check.column()).locate(catalogue);
        String sql = "SELECT pg_catalog.sum(" + found.column() + ")::pg_catalog.text FROM " + found.table();
        Optional<String> sum = catalogue
                .first(sql, row -> Optional.ofNullable(row.getString(1)))
                .orElseThrow();
        if (sum.isPresent() && NOT_FINITE.contains(sum.get())) {
            return Finding.of(false, expected(), "sum " + sum.get());
        }
        BigDecimal number = sum.isPresent() ? finite(sum.get()) : BigDecimal.ZERO;
        String observed = "sum " + number.toPlainString() + (sum.isPresent() ? "" : " (no values)");
        return Finding.of(bounds().hold(number), expected(), observed);
    }

    /** Sums of money and intervals are no numbers. */
    private static BigDecimal finite(String sum) throws SQLException {
        try {
            return new BigDecimal(sum);
        } catch (NumberFormatException e) {
            throw new SQLException("the sum is no number; compare it with query", e);
        }
    }
}
