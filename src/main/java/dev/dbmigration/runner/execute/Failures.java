package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.words.Mask;
import dev.dbmigration.runner.words.NewPasswords;
import dev.dbmigration.runner.words.Secret;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** From what the driver throws to what may leave the pod; the rest goes to the log. */
record Failures(RunLog log, Stop stop) {

    /** A failure in {@code statement} of {@code file}; either may be null. */
    Failure of(SQLException e, MigrationFile file, Statement statement) {
        tell(e, file, statement);
        ServerErrorMessage server = server(e);
        String hint = server == null ? null : masked(server.getHint(), e, statement);
        return new Failure(
                file == null ? null : file.name(),
                statement == null ? 0 : statement.ordinal(),
                statement == null ? 0 : line(statement, server),
                e.getSQLState(),
                reason(e),
                stopped(e) ? "the pod was told to stop" : masked(e, statement),
                hint != null ? hint : Advice.on(e.getSQLState(), reason(e)));
    }

    /** A failure of COMMIT itself, where deferred constraints are checked. */
    Failure atCommit(SQLException e, MigrationFile file) {
        Failure f = of(e, file, null);
        return new Failure(f.file(), 0, 0, f.sqlState(), f.reason(), "at COMMIT: " + f.message(), f.hint());
    }

    /** The server's message without its literals. */
    String masked(SQLException e, Statement statement) {
        ServerErrorMessage server = server(e);
        return masked(server == null ? e.getMessage() : server.getMessage(), e, statement);
    }

    private String masked(String text, SQLException e, Statement statement) {
        if (text == null) {
            return null;
        }
        boolean standardStrings = statement == null || !Boolean.FALSE.equals(statement.standardStrings());
        return Mask.of(statement == null ? null : statement.text(), standardStrings, e.getSQLState(), server(e))
                .apply(text);
    }

    private Reason reason(SQLException e) {
        if (stopped(e)) {
            return Reason.PodEvicted;
        }
        // Where our own memory did not hold what a query returned, the driver says so with a server's code.
        return e.getCause() instanceof OutOfMemoryError
                ? Reason.OutOfMemory
                : SqlStates.reason(e.getSQLState(), e.getMessage());
    }

    private boolean stopped(SQLException e) {
        return stop.requested() && "57014".equals(e.getSQLState());
    }

    private static int line(Statement statement, ServerErrorMessage server) {
        if (server == null) {
            return statement.line();
        }
        int data = CopyRun.lineOfData(statement, server.getWhere());
        if (data > 0) {
            return data;
        }
        return server.getPosition() == 0 ? statement.line() : statement.lineAt(server.getPosition());
    }

    private static ServerErrorMessage server(SQLException e) {
        return e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }

    private void tell(SQLException e, MigrationFile file, Statement statement) {
        Secret newPasswords = statement == null
                ? Secret.NONE
                : new Secret(NewPasswords.of(statement.text()).toArray(String[]::new));
        log.problem((file == null ? "" : file.name() + ": ") + Masking.mask(newPasswords.apply(e.getMessage())));
        ServerErrorMessage server = server(e);
        if (server != null && server.getWhere() != null) {
            log.quoted("  context: " + newPasswords.apply(server.getWhere()));
        }
        if (statement != null) {
            log.quoted("  statement: " + newPasswords.apply(statement.text()));
        }
    }
}
