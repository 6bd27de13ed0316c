package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.connect.Connections;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.connect.FreshSession;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.ledger.Ledger;
import dev.dbmigration.runner.script.Scripts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The task {@code apply}: reads everything, connects, runs. Whatever comes of it comes back as a report.
 *
 * @param skips is told of each statement that finds an object there
 */
public record ApplyTask(RunLog log, Stop stop, LongSupplier ticker, Skips skips) {

    public ApplyTask(RunLog log, Stop stop, LongSupplier ticker) {
        this(log, stop, ticker, Skips.UNHEARD);
    }

    /** Applies the sources below {@code root} to the database that {@code variables} name. */
    public Report run(RunInput input, Path root, Map<String, String> variables) throws InterruptedException {
        Deadline deadline = Deadline.in(input.sql().runMillis(), ticker);
        Tally tally = new Tally(List.of());
        try {
            Scripts scripts = new Reading(log).read(input, root, variables);
            tally = new Tally(scripts.files());
            Beforehand.refuseUnfounded(input.sql().resolve(), scripts.files());
            Environment environment = Environment.of(variables);
            return apply(input, environment, scripts, new Guard(stop, deadline));
        } catch (RunFailed e) {
            return tally.failed(e.failures());
        }
    }

    private Report apply(RunInput input, Environment environment, Scripts scripts, Guard guard)
            throws InterruptedException {
        SessionSettings settings = new SessionSettings(environment.applicationName(), input.session());
        guard.check();
        Connections connections = new Connections(environment, settings);
        Connection connection = connections.open();
        Connections watching = new Connections(environment, settings.withoutRole());
        try (LockWatch watch = new LockWatch(watching::open, log)) {
            log.line("connected to " + environment);
            RunInput.Sql sql = input.sql();
            Ledger ledger = new Ledger(
                    connection, sql.ledgerSchema(), sql.scope(), input.session().schema(), scripts.anyRunsAgain());
            Failures failures = new Failures(log, stop);
            EarlierAttempts earlier = new EarlierAttempts(connection, settings.applicationName(), log);
            MigrationLock lock = new MigrationLock(connection, earlier, guard, log);
            FreshSession fresh = new FreshSession(connection, settings);
            Workplace place = new Workplace(
                    connection, settings, fresh, ledger, lock, watch, input, guard, failures, log, ticker, skips);
            return new ApplyRun(place, scripts.files()).run();
        } finally {
            close(connection);
        }
    }

    /** What was committed is, and the report must not be lost over a farewell. */
    private void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.line("closing the connection failed: " + e.getSQLState());
        }
    }
}
