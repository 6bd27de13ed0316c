package dev.dbmigration.engine;

import dev.dbmigration.testing.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one contender took with one load on one way, in each round; at least one. */
record Measured(List<Turn> turns) {

    /** Median of seconds, from start to end. */
    double seconds() {
        return median(turn -> turn.applied().seconds());
    }

    /** Median of a processor's seconds. */
    double cpu() {
        return median(turn -> turn.applied().cpu());
    }

    /** Median of seconds, from start to end, of a run with nothing to do. */
    double nothing() {
        return median(turn -> turn.nothing().seconds());
    }

    private double median(ToDoubleFunction<Turn> figure) {
        return Median.of(turns.stream().mapToDouble(figure));
    }
}
