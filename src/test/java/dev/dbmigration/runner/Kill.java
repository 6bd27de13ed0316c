package dev.dbmigration.runner;

import static org.awaitility.Awaitility.await;

import dev.dbmigration.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** What is killed, and how. */
enum Kill {
    /** The runner, by SIGKILL; the server finds out by itself. */
    RUNNER,

    /** Its session, by {@code pg_terminate_backend}. */
    SESSION,

    /** The process of its session, by SIGKILL: the server then ends all of them and recovers. */
    BACKEND;

    /** Ends the session {@code pid} of {@code database}; returns when others may come again. */
    void end(int pid, Database database) throws SQLException {
        if (this == SESSION) {
            database.query("SELECT pg_terminate_backend(" + pid + ")");
            await().atMost(1, TimeUnit.MINUTES).until(() -> isGone(pid, database));
            return;
        }
        try (Connection witness = database.connect()) {
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().atMost(1, TimeUnit.MINUTES).until(() -> !witness.isValid(1));
        }
        await().atMost(1, TimeUnit.MINUTES).ignoreExceptions().until(() -> isGone(pid, database));
    }

    private static boolean isGone(int pid, Database database) {
        return database.query("SELECT pid FROM pg_stat_activity WHERE pid = " + pid) == null
                && database.query("SELECT 1") != null;
    }
}
