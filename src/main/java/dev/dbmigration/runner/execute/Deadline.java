package dev.dbmigration.runner.execute;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A moment after which nothing further is begun; measured by a ticker of nanoseconds, never by the wall clock. */
public final class Deadline {

    private final LongSupplier ticker;
    private final long start;
    private final long nanos;

    private Deadline(LongSupplier ticker, long nanos) {
        this.ticker = ticker;
        this.start = ticker.getAsLong();
        this.nanos = nanos;
    }

    /** So many milliseconds from now; 0: never. */
    public static Deadline in(long millis, LongSupplier ticker) {
        return new Deadline(ticker, millis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** So many milliseconds from now, where 0 means now. */
    static Deadline after(long millis, LongSupplier ticker) {
        return new Deadline(ticker, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    public boolean passed() {
        return ticker.getAsLong() - start >= nanos;
    }
}
