package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.connect.Connections;
import dev.dbmigration.runner.connect.Environment;
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
import org.postgresql.PGConnection;

/**
 * The task {@code plan}: reads everything, connects, and says what {@code apply} would do. The database is only looked
 * at, without the migration lock, so it may be a replica, and the role one that may only read.
 */
public record PlanTask(RunLog log, Stop stop, LongSupplier ticker) {

    /** Plans the sources below {@code root} for the database that {@code variables} name. */
    public Report run(RunInput input, Path root, Map<String, String> variables) {
        Guard guard = new Guard(stop, Deadline.in(input.sql().runMillis(), ticker));
        Tally tally = new Tally(List.of());
        try {
            Scripts scripts = new Reading(log).read(input, root, variables);
            tally = new Tally(scripts.files());
            Beforehand.refuseUnfounded(input.sql().resolve(), scripts.files());
            guard.check();
            return plan(input, Environment.of(variables), scripts, tally);
        } catch (RunFailed e) {
            return tally.failed(e.failures());
        }
    }

    private Report plan(RunInput input, Environment environment, Scripts scripts, Tally tally) {
        SessionSettings settings = new SessionSettings(environment.applicationName(), input.session());
        try (Connection connection = new Connections(environment, settings).open()) {
            log.line("connected to " + environment);
            stop.begins(connection.unwrap(PGConnection.class)::cancelQuery);
            RunInput.Sql sql = input.sql();
            Ledger ledger = new Ledger(
                    connection, sql.ledgerSchema(), sql.scope(), input.session().schema(), scripts.anyRunsAgain());
            return new PlanRun(connection, ledger, sql, scripts.files(), tally, log).run();
        } catch (SQLException e) {
            return tally.failed(List.of(new Failures(log, stop).of(e, null, null)));
        } finally {
            stop.ends();
        }
    }
}
