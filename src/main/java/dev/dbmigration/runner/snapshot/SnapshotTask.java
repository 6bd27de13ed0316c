package dev.dbmigration.runner.snapshot;

import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput.Session;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.connect.Connections;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.execute.RunLog;
import dev.dbmigration.runner.execute.Stop;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.Sentence;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.verify.CheckSettings;
import dev.dbmigration.runner.verify.Verifier;
import dev.dbmigration.runner.words.Secret;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * The task {@code snapshot}: prints checks that describe a database as it is, and changes nothing in it.
 *
 * @param out where the checks go, and nothing else
 * @param log where everything else goes
 */
public record SnapshotTask(PrintStream out, RunLog log, Stop stop) {

    /** As long as a verification lets a statement run where nothing else is said. */
    private static final long STATEMENT_MILLIS = 30_000;

    /** Returns the exit code: 0 where checks were printed. */
    public int run(SnapshotArguments arguments, Map<String, String> variables) {
        Secret secret = Environment.secret(variables);
        log.hide(secret);
        try {
            out.print(manifest(arguments, Environment.of(variables), secret));
            out.flush();
            return out.checkError() ? 1 : 0;
        } catch (RunFailed e) {
            log.problem(Masking.mask(Sentence.of(e.failures().get(0))));
        } catch (RuntimeException | Error e) {
            log.problem("the runner failed unexpectedly", e);
        }
        return 1;
    }

    private String manifest(SnapshotArguments arguments, Environment environment, Secret secret) {
        SnapshotArguments named = arguments.named(environment.database());
        Session session = new Session(named.searchPath(), null, STATEMENT_MILLIS);
        SessionSettings settings = new SessionSettings(environment.applicationName(), session);
        try (Connection connection = new Connections(environment, settings).open()) {
            stop.begins(connection.unwrap(PGConnection.class)::cancelQuery);
            List<Document> documents = documents(connection, session, named, secret);
            stop.ends();
            if (documents.isEmpty()) {
                throw RunFailed.because(
                        Reason.UndefinedObject,
                        environment + " holds nothing that a check could describe",
                        "is it the right database? the system's own objects, extensions' and the ledger do not count");
            }
            return new Manifest(named, environment, secret).of(documents);
        } catch (SQLException e) {
            throw RunFailed.because(
                    SqlStates.reason(e.getSQLState(), e.getMessage()),
                    "the database cannot be described: SQLSTATE " + e.getSQLState() + ": " + e.getMessage());
        }
    }

    private List<Document> documents(Connection connection, Session session, SnapshotArguments asked, Secret secret)
            throws SQLException {
        connection.setAutoCommit(false);
        new CheckSettings(session).begin(connection);
        List<Draft> drafts = new Inventory(new Catalogue(connection)).read(asked.schemas());
        connection.rollback();
        Fitting fitting = new Fitting(secret);
        Proof proof = new Proof(new Verifier(connection, session, stop::requested));
        return Document.of(proof.of(drafts.stream().map(fitting::fit).toList()));
    }
}
