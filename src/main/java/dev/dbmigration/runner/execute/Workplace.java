package dev.dbmigration.runner.execute;

import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.ledger.Ledger;
import dev.dbmigration.runner.ledger.LedgerEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** What each file of a run works with: the session that holds the lock, and what goes with it. */
record Workplace(
        Connection connection,
        SessionSettings settings,
        Ledger ledger,
        RunInput input,
        Guard guard,
        Failures failures,
        RunLog log,
        LongSupplier ticker) {

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(ticker.getAsLong());
    }

    NearNames nearNames() {
        return new NearNames(connection, input.sql().ledgerSchema());
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void record(LedgerEntry entry) throws SQLException {
        ledger.record(entry, input.resource(), input.run());
    }

    /** The server answers COMMIT in a failed transaction with ROLLBACK, and the driver takes that for success. */
    void commit() throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.OPEN) {
            throw new PSQLException("the transaction had already ended", PSQLState.IN_FAILED_SQL_TRANSACTION);
        }
        execute("COMMIT");
    }

    /** As far as it can still be done; a session that is lost has rolled back by itself. */
    void rollback() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            log.line("no answer to ROLLBACK: the server rolls back when it notices that we are gone");
        }
    }
}
