package dev.dbmigration.testing;

import java.util.stream.DoubleStream;

/** What a measurement mostly is, whatever a few of them were. */
public final class Median {

    private Median() {}

    /** Of as many values as there are, at least one; of an even number, halfway between the two in the middle. */
    public static double of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
