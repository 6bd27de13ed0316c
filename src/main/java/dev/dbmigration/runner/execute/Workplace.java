package dev.dbmigration.runner.execute;

import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.connect.FreshSession;
import dev.dbmigration.runner.connect.Message;
import dev.dbmigration.runner.connect.SessionSettings;
import dev.dbmigration.runner.ledger.Ledger;
import dev.dbmigration.runner.ledger.LedgerEntry;
import dev.dbmigration.runner.script.FileOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** What each file of a run works with: the session that holds the lock, and what goes with it. */
record Workplace(
        Connection connection,
        SessionSettings settings,
        FreshSession fresh,
        Ledger ledger,
        MigrationLock lock,
        LockWatch watch,
        RunInput input,
        Guard guard,
        Failures failures,
        RunLog log,
        LongSupplier ticker,
        Skips skips) {

    /**
     * What is told as applied must be there after a crash of the server too, so the commit waits for the server's own
     * disk where it would wait for nothing; in transactions that follow it is as it was.
     */
    private static final String DURABLY = "SELECT pg_catalog.set_config('synchronous_commit', 'local', true)"
            + " WHERE pg_catalog.current_setting('synchronous_commit') = 'off'";

    /** Of a transaction. */
    static final String CHECK_CONSTRAINTS = "SET CONSTRAINTS ALL IMMEDIATE";

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(ticker.getAsLong());
    }

    /**
     * Whether statements may go to the server together in this run: a deadline is looked at between two of them, and who
     * hears of skips looks around in the session behind each.
     */
    boolean mayShare() {
        return input.sql().runMillis() == 0 && skips == Skips.UNHEARD;
    }

    NearNames nearNames() {
        return new NearNames(connection, input.sql().ledgerSchema());
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    String ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Something that the database does. */
    interface Work {
        void run() throws SQLException;
    }

    /** Work on the ledger while a file has no transaction open. */
    void inOurTransaction(Work work) throws SQLException {
        execute("BEGIN");
        becomeOurselves();
        work.run();
        commit();
    }

    /** Sees for whom the next statement waits, of a file with these options. */
    LockWatch.Watched watched(FileOptions options) throws SQLException {
        long lockTimeout = options.lockTimeoutMillis() == null
                ? SessionSettings.lockTimeoutMillis(input.session())
                : options.lockTimeoutMillis();
        return watch.begin(connection.unwrap(PGConnection.class).getBackendPID(), lockTimeout);
    }

    /** What SIGTERM may cancel. */
    void execute(Statement jdbc, String sql) throws SQLException {
        guard.stop().begins(jdbc);
        try {
            jdbc.execute(sql);
        } finally {
            guard.stop().ends();
        }
    }

    /** What the database does with several statements. */
    interface Sending {
        void to(Connection connection) throws SQLException;
    }

    /** The same of several statements. */
    void sending(Sending statements) throws SQLException {
        guard.stop().begins(connection.unwrap(BaseConnection.class)::cancelQuery);
        try {
            statements.to(connection);
        } finally {
            guard.stop().ends();
        }
    }

    /** A session like new for a file, with what the file asks for and with the lock. */
    void freshSession(FileOptions options) throws SQLException {
        resetSession(options);
        lock.renew();
    }

    /** The same within a transaction, which keeps its advisory locks. */
    void resetSession(FileOptions options) throws SQLException {
        fresh.make(options.settings());
    }

    /** Deferred constraints, and the triggers behind them, as whom and with what settings the file has left. */
    void checkConstraints() throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            execute(jdbc, CHECK_CONSTRAINTS);
        }
    }

    /** The file may have changed who we are and how patient; until the transaction ends it is us. */
    void becomeOurselves() throws SQLException {
        Message message = new Message();
        int confirmed = addOurselves(message);
        message.send(connection);
        lock.require(message.answer(confirmed).isTrue(0, 0));
    }

    /** The same as part of a message; the place of the answer that says whether we hold the lock. */
    int addOurselves(Message message) {
        ourselves().forEach(message::add);
        return message.add(MigrationLock.CONFIRM);
    }

    /** The statements that make it us. */
    List<String> ourselves() {
        List<String> statements = new ArrayList<>(settings.ourselves());
        statements.add("SET LOCAL statement_timeout = 0");
        statements.add(DURABLY);
        return statements;
    }

    /** The statement that adds a row of which {@code millis} are known as SQL. */
    String insertion(LedgerEntry entry, String millis) {
        return ledger.insertion(entry, input.resource(), input.run(), millis);
    }

    void record(LedgerEntry entry) throws SQLException {
        ledger.record(entry, input.resource(), input.run());
    }

    /** Adds the row and commits, in one message; {@code ending} is told before the server may hear of COMMIT. */
    void recordAndCommit(LedgerEntry entry, Ending ending) throws SQLException {
        ledger.makeWay(entry);
        requireTransaction();
        Message message = new Message();
        int row = message.add(
                ledger.insertion(entry, input.resource(), input.run(), String.valueOf(entry.durationMillis())));
        message.add("COMMIT");
        ending.commits();
        try {
            message.send(connection);
        } catch (SQLException e) {
            throw message.answered() > row ? e : ledger.refused(e, entry);
        }
        ledger.ended(true);
    }

    void commit() throws SQLException {
        requireTransaction();
        execute("COMMIT");
        ledger.ended(true);
    }

    /** The server answers COMMIT in a failed transaction with ROLLBACK, and the driver takes that for success. */
    void requireTransaction() throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.OPEN) {
            throw new PSQLException("the transaction had already ended", PSQLState.IN_FAILED_SQL_TRANSACTION);
        }
    }

    /** As far as it can still be done; a session that is lost has rolled back by itself. */
    void rollback() {
        ledger.ended(false);
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            log.line("no answer to ROLLBACK: the server rolls back when it notices that we are gone");
        }
    }
}
