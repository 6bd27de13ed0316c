package dev.dbmigration.runner;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.CheckResult;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.connect.Connections;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.replay.ExpectedSchema;
import dev.dbmigration.runner.verify.SchemaComparison;
import dev.dbmigration.runner.verify.Verifier;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.LongSupplier;
import org.postgresql.PGConnection;

/** The task {@code verify}: connects, runs the checks, tells each in the log. */
record VerifyTask(RunLog log, Stop stop, LongSupplier ticker) {

    /** Runs the checks of {@code input}; files to replay lie below {@code root}. */
    Report run(RunInput input, Path root, Map<String, String> variables) {
        Environment environment = Environment.of(variables);
        SessionSettings settings = new SessionSettings(environment.applicationName(), input.session());
        SchemaComparison schemas = new ExpectedSchema(input, root, variables, log, stop, ticker);
        try (Connection connection = new Connections(environment, settings).open()) {
            log.line("connected to " + environment);
            Stop.Cancellation cancellation = connection.unwrap(PGConnection.class)::cancelQuery;
            stop.begins(cancellation);
            Report report = new Verifier(connection, input.session(), stop::requested, check -> {
                        try {
                            return schemas.compare(check);
                        } finally {
                            stop.begins(cancellation);
                        }
                    })
                    .verify(input.checks());
            stop.ends();
            report.checks().forEach(this::tell);
            return report;
        } catch (SQLException e) {
            throw new IllegalStateException("closing the connection failed", e);
        }
    }

    private void tell(CheckResult check) {
        log.quoted(check.name() + ": " + check.result() + ", expected " + check.expected() + ", observed "
                + check.observed() + ", " + check.millis() + " ms");
    }
}
