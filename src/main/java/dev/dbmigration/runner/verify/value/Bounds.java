package dev.dbmigration.runner.verify.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a number has to be; a bound that is null is none. */
record Bounds(BigDecimal equal, BigDecimal min, BigDecimal max, Function<BigDecimal, String> words) {

    String expected() {
        List<String> bounds = new ArrayList<>();
        add(bounds, "", equal);
        add(bounds, "at least ", min);
        add(bounds, "at most ", max);
        return String.join(", ", bounds);
    }

    private void add(List<String> bounds, String before, BigDecimal bound) {
        if (bound != null) {
            bounds.add(before + words.apply(bound));
        }
    }

    /** Trailing zeros make no difference. */
    boolean hold(BigDecimal number) {
        return (equal == null || number.compareTo(equal) == 0)
                && (min == null || number.compareTo(min) >= 0)
                && (max == null || number.compareTo(max) <= 0);
    }
}
