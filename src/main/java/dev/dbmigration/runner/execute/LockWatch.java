package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sees for whom a statement waits: from a second session, which is opened only when a statement has been under way for a
 * while, and closed when it ends.
 */
final class LockWatch implements AutoCloseable {

    private static final long PERIOD_MILLIS = 1_000;
    private static final long SHORTEST_MILLIS = 10;

    private final Callable<Connection> connections;
    private final RunLog log;
    private final ScheduledThreadPoolExecutor timer;

    LockWatch(Callable<Connection> connections, RunLog log) {
        this.connections = connections;
        this.log = log;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "lock-watch");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Begins to look at the session {@code pid}, whose statement is about to be sent.
     *
     * @param lockTimeoutMillis how long it waits for a lock; 0: for ever
     */
    Watched begin(int pid, long lockTimeoutMillis) {
        long first = lockTimeoutMillis == 0
                ? PERIOD_MILLIS
                : Math.max(SHORTEST_MILLIS, Math.min(PERIOD_MILLIS, lockTimeoutMillis / 2));
        Watched watched = new Watched(pid, first);
        watched.lookIn(first);
        return watched;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One statement of that session, or several one after the other. */
    final class Watched implements AutoCloseable {

        private final int pid;
        private final long firstMillis;
        private ScheduledFuture<?> future;
        private Connection connection;
        private boolean closed;
        private long lookedAt;
        private long looked;
        private volatile long begun = System.nanoTime();
        private volatile List<Blocker> blockers = List.of();

        private Watched(int pid, long firstMillis) {
            this.pid = pid;
            this.firstMillis = firstMillis;
        }

        /** The statement has ended, and the next one is under way. */
        void next() {
            begun = System.nanoTime();
            blockers = List.of();
        }

        private synchronized void lookIn(long millis) {
            future = timer.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }

        /** For whom it was last seen to wait; empty: for nobody. */
        List<Blocker> blockers() {
            return blockers;
        }

        private synchronized void look() {
            if (closed) {
                return;
            }
            long since = begun;
            long early = firstMillis - millisSince(since);
            if (early > 0) {
                lookIn(early);
            } else if (since == lookedAt && millisSince(looked) < PERIOD_MILLIS || looks(since)) {
                // Not the whole period: meanwhile the next statement may have waited and failed.
                lookIn(firstMillis);
            }
        }

        private static long millisSince(long nanos) {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
        }

        /** At the statement that has begun then; false: it cannot be seen, and what the run is for goes on. */
        private boolean looks(long since) {
            lookedAt = since;
            looked = System.nanoTime();
            try {
                if (connection == null) {
                    connection = connections.call();
                }
                note(since, Blocker.of(pid, connection));
                return true;
            } catch (RunFailed | SQLException e) {
                log.line("cannot see whether the statement waits for a lock: " + e.getMessage());
                return false;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private void note(long since, List<Blocker> seen) {
            if (seen.isEmpty() || since != begun) {
                return;
            }
            if (!pids(seen).equals(pids(blockers))) {
                log.line("waiting for a lock that is held by " + Blocker.listed(seen));
            }
            blockers = seen;
        }

        private static List<Integer> pids(List<Blocker> blockers) {
            return blockers.stream().map(Blocker::pid).toList();
        }

        @Override
        public synchronized void close() {
            closed = true;
            future.cancel(false);
            if (connection != null) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    log.line("closing the second session failed: " + e.getSQLState());
                }
            }
        }
    }
}
