package dev.dbmigration.runner;

import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.report.RunInput.ReportFormat;
import dev.dbmigration.runner.connect.Connections;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.replay.ExpectedSchema;
import dev.dbmigration.runner.results.Results;
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
            tell(report, input);
            return report;
        } catch (SQLException e) {
            throw new IllegalStateException("closing the connection failed", e);
        }
    }

    private void tell(Report report, RunInput input) {
        ReportFormat format = input.reportFormat() == null ? ReportFormat.Text : input.reportFormat();
        RunInput.ResourceName whose = input.resource();
        String subject = whose == null ? "checks" : whose.namespace() + "/" + whose.name();
        String results = Results.of(report, format, subject);
        if (format == ReportFormat.Text) {
            results.lines().forEach(log::quoted);
        } else if (!results.isEmpty()) {
            log.quoted(results);
        }
    }
}
