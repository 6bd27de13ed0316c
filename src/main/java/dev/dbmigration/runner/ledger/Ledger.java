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
     * Version to checksum of what stands under this scope; empty where there is no ledger yet.
     *
     * @throws RunFailed where the role could not write it later, with the GRANT that is missing
     */
    public Map<String, String> checksums() throws SQLException {
        kept = table.exists();
        return kept ? read() : Map.of();
    }

    /**
     * What {@link #checksums} tells, to a role that only reads.
     *
     * @throws RunFailed where it may not even do that, with the GRANT that is missing
     */
    public Map<String, String> seen() throws SQLException {
        KeptTable seen = new KeptTable(connection, schema, "migrations", List.of("SELECT"), LedgerTable.COLUMNS);
        return seen.isThere() && seen.exists() ? read() : Map.of();
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

    private Map<String, String> read() throws SQLException {
        Map<String, String> checksums = new HashMap<>();
        String sql = "SELECT version, checksum FROM " + table.qualified() + " WHERE scope = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, scope);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    checksums.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return checksums;
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
