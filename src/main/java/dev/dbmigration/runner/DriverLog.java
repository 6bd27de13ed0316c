package dev.dbmigration.runner;

import dev.dbmigration.runner.execute.RunLog;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** What the database's driver logs, in our own log's form and without the password; else it would print by itself. */
final class DriverLog extends Handler {

    private final RunLog log;

    DriverLog(RunLog log) {
        this.log = log;
        setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord line) {
        if (!isLoggable(line)) {
            return;
        }
        String text = line.getLoggerName() + ": " + new SimpleFormatter().formatMessage(line);
        if (line.getThrown() == null) {
            log.line(text);
        } else {
            log.problem(text, line.getThrown());
        }
    }

    @Override
    public void flush() {
        // Each line is flushed as it comes.
    }

    @Override
    public void close() {
        // The stream is not ours.
    }
}
