package dev.dbmigration.runner.execute;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that a run end early, made once by the pod's SIGTERM and seen between statements and while waiting. */
public final class Stop {

    /** Asks the server to cancel what a session does. */
    @FunctionalInterface
    public interface Cancellation {
        void cancel() throws SQLException;
    }

    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile Cancellation underWay;

    /** No further statement begins; {@link #cancel} ends the one under way. */
    public void request() {
        requested.countDown();
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits so long, or until the request; whether it was made. */
    public boolean await(long millis) throws InterruptedException {
        return requested.await(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Asks the server to cancel the statement under way, if any; may be called again, since it can come too soon.
     *
     * @return the SQLSTATE of a failure, after which the statement ends by itself, or the wait for it does
     */
    public Optional<String> cancel() {
        Cancellation current = underWay;
        if (current == null) {
            return Optional.empty();
        }
        try {
            current.cancel();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getSQLState()));
        }
    }

    void begins(Statement statement) {
        begins(statement::cancel);
    }

    /** What is under way, from now until it {@link #ends}. */
    public void begins(Cancellation cancellation) {
        underWay = cancellation;
    }

    public void ends() {
        underWay = null;
    }
}
