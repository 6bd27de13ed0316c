package dev.dbmigration.runner.verify;

import dev.dbmigration.check.Check;
import dev.dbmigration.check.ExpectedSchemaCheck;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.fault.Sentence;
import dev.dbmigration.runner.verify.finding.Finding;
import dev.dbmigration.runner.verify.finding.Probe;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Runs checks, each in a read-only transaction of its own, and reports what was found. The connection is the
 * verifier's for as long as it works; it is left open, idle, with autocommit off, and nothing is ever written by it.
 */
public final class Verifier {

    private static final int ALIVE_SECONDS = 5;

    private final Connection connection;
    private final CheckSettings settings;

    private final BooleanSupplier stopped;
    private final SchemaComparison schemas;

    public Verifier(Connection connection, RunInput.Session session) {
        this(connection, session, () -> false);
    }

    /** {@code stopped} is asked before each check, and after one that failed to run. */
    public Verifier(Connection connection, RunInput.Session session, BooleanSupplier stopped) {
        this(connection, session, stopped, Verifier::noFiles);
    }

    /**
     * A verifier that can be stopped.
     *
     * @param stopped asked before each check, and after one that failed to run
     * @param schemas for checks that need the migration's files
     */
    public Verifier(
            Connection connection, RunInput.Session session, BooleanSupplier stopped, SchemaComparison schemas) {
        this.schemas = schemas;
        this.connection = connection;
        this.settings = new CheckSettings(session);
        this.stopped = stopped;
    }

    /**
     * Runs all checks in order: one that fails, or cannot be run, keeps none of the others from running. Only the loss
     * of the connection ends it early; then the outcome is {@code Failed} for a reason that a retry can cure, with the
     * results until then.
     */
    public Report verify(List<Check> checks) {
        List<Judged> judged = new ArrayList<>();
        try {
            connection.setAutoCommit(false);
            // As simple queries, statements that are only to be parsed would run, and all rows would be read at once.
            connection.unwrap(BaseConnection.class).getQueryExecutor().setPreferQueryMode(PreferQueryMode.EXTENDED);
            for (Check check : checks) {
                Judged next = stopped.getAsBoolean() ? null : judge(check);
                if (stopped.getAsBoolean()) {
                    return Verdict.stopped(judged);
                }
                judged.add(next);
            }
            return Verdict.of(judged);
        } catch (ConnectionLost e) {
            return Verdict.lost(e.reason(), e.getMessage(), judged);
        } catch (SQLException e) {
            return Verdict.lost(Reason.ConnectionFailed, Judged.words(e, null), judged);
        }
    }

    private Judged judge(Check check) throws ConnectionLost {
        long start = System.nanoTime();
        Optional<Probe> probe = Probes.of(check);
        if (probe.isEmpty()) {
            return Judged.error(check, "one kind of check", "none is set, or more than one", 0);
        }
        Optional<String> problem = check.problem();
        if (problem.isPresent()) {
            return Judged.error(check, "a complete check", problem.get(), 0);
        }
        try {
            Finding finding =
                    probe.get() instanceof ExpectedSchemaProbe schema ? schema.compared(schemas) : look(probe.get());
            return Judged.of(check, finding, since(start));
        } catch (RunFailed e) {
            String why = Sentence.of(e.failures().get(0));
            return Judged.error(check, probe.get().expected(), why, since(start));
        } catch (SQLException e) {
            return Judged.error(
                    check, probe.get().expected(), Judged.words(e, probe.get().statement()), since(start));
        }
    }

    private Finding look(Probe probe) throws SQLException, ConnectionLost {
        try {
            settings.begin(connection);
            Finding finding = probe.look(new Catalogue(connection));
            connection.rollback();
            return finding;
        } catch (SQLException e) {
            recover(e);
            throw e;
        }
    }

    /**
     * Makes the connection ready for the next check, or says that it is lost. The SQLSTATE alone cannot tell: a foreign
     * table whose server is down answers 08001 within a session that lives on.
     */
    private void recover(SQLException cause) throws ConnectionLost {
        try {
            connection.rollback();
            if (connection.isValid(ALIVE_SECONDS)) {
                return;
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        throw new ConnectionLost(cause);
    }

    private static SchemaComparison.Compared noFiles(ExpectedSchemaCheck check) {
        throw RunFailed.because(
                Reason.InvalidSpec, "there are no files to replay", "let migrationRef name a migration of sql files");
    }

    private static long since(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
