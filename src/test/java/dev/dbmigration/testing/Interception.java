package dev.dbmigration.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/** An interceptor in its place; closing it takes it away. Counts the requests it stood around. */
public final class Interception implements AutoCloseable {

    private final Predicate<ApiRequest> matching;
    private final int limit;
    private final Interceptor interceptor;
    private final AtomicInteger hits = new AtomicInteger();
    private volatile boolean closed;

    Interception(Predicate<ApiRequest> matching, int limit, Interceptor interceptor) {
        this.matching = matching;
        this.limit = limit;
        this.interceptor = interceptor;
    }

    /** How many requests it has stood around so far. */
    public int hits() {
        return Math.min(hits.get(), limit);
    }

    @Override
    public void close() {
        closed = true;
    }

    Answer apply(ApiRequest request, Function<ApiRequest, Answer> next) {
        if (closed || hits.get() >= limit || !matching.test(request) || hits.incrementAndGet() > limit) {
            return next.apply(request);
        }
        try {
            return interceptor.around(request, next);
        } catch (Exception e) {
            // A hook that fails must fail the test that set it: the client sees a 500 that says why.
            return Answer.failure(500, "InternalError", "interceptor: " + e);
        }
    }
}
