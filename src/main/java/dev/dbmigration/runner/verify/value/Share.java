package dev.dbmigration.runner.verify.value;

import dev.dbmigration.runner.verify.finding.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The share of rows that must comply at least, in percent. */
record Share(BigDecimal percent) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** {@code 99.97%}; null: all. */
    static Share of(String text) {
        return new Share(text == null ? HUNDRED : new BigDecimal(text.replace("%", "")));
    }

    boolean isMet(long rows, long complying) {
        return BigDecimal.valueOf(complying).multiply(HUNDRED).compareTo(percent.multiply(BigDecimal.valueOf(rows)))
                >= 0;
    }

    String expected() {
        return percent.compareTo(HUNDRED) == 0 ? "all rows" : "at least " + percent.toPlainString() + "% of rows";
    }

    /** Cut off, not rounded, so that a share is never said to be more than it is. */
    String observed(long rows, long complying) {
        if (rows == complying) {
            return "all of " + Words.count(rows, "row");
        }
        BigDecimal share = BigDecimal.valueOf(complying)
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(rows), Math.max(2, percent.scale()), RoundingMode.DOWN);
        return complying + " of " + Words.count(rows, "row") + " ("
                + share.stripTrailingZeros().toPlainString() + "%)";
    }
}
