package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput.ResourceName;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The history table {@code <schema>.migrations}, keyed by (scope, version). Every access names the schema, so that no
 * search_path misleads it; who writes holds the migration lock of the database.
 */
public final class Ledger {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final String schema;
    private final String scope;
    private final KeptTable table;
    /** Whether the table is there: for good, and as the open transaction sees it. */
    private boolean kept;

    private boolean made;

    public Ledger(Connection connection, String schema, String scope) {
        this.connection = connection;
        this.schema = schema;
        this.scope = scope;
        this.table = new KeptTable(connection, schema, "migrations", List.of("SELECT", "INSERT"), LedgerTable.COLUMNS);
    }

    /**
     * What stands under this scope, by version; empty where there is no ledger yet.
     *
     * @throws RunFailed where the role could not write it later, with the GRANT that is missing
     */
    public Map<String, LedgerRow> rows() throws SQLException {
        kept = table.exists();
        return kept ? read() : Map.of();
    }

    /**
     * Adds the columns that a ledger of an earlier release lacks, in the transaction that is open.
     *
     * @throws RunFailed where the role may not, with what its owner has to run
     */
    public void upgrade() throws SQLException {
        if (kept) {
            table.complete(LedgerTable.LATER);
        }
    }

    /** Versions of files that were begun, statement by statement, and are not recorded yet. */
    public Set<String> begun() throws SQLException {
        return Steps.versions(connection, schema, scope);
    }

    /** How far the file of this version has come, where it is not one transaction. */
    public Steps steps(String version) {
        return new Steps(connection, schema, scope, version);
    }

    /** Adds a row, and the table under it where it is missing, in the transaction that is open. */
    public void record(LedgerEntry entry, ResourceName resource, int run) throws SQLException {
        if (!kept && !made) {
            table.create();
            made = true;
        }
        try (PreparedStatement insert = connection.prepareStatement(LedgerTable.insert(table.qualified()))) {
            LedgerTable.bind(insert, scope, entry, resource, run);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw UNIQUE_VIOLATION.equals(e.getSQLState()) ? overtaken(entry) : e;
        }
    }

    private Map<String, LedgerRow> read() throws SQLException {
        Map<String, LedgerRow> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(LedgerTable.select(table.qualified()))) {
            query.setString(1, scope);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    LedgerRow row = LedgerTable.row(rows);
                    found.put(row.version(), row);
                }
            }
        }
        return found;
    }

    /** The transaction that was open is over; {@code committed}: what it made is there. */
    public void ended(boolean committed) {
        kept |= made && committed;
        made = false;
    }

    /** Only where the lock was lost on the way: the key is what then keeps a file from being applied twice. */
    private static SQLException overtaken(LedgerEntry entry) {
        throw RunFailed.because(
                Reason.LockHeld,
                "another run has recorded version " + entry.version() + " meanwhile; this one was rolled back");
    }
}
