package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput.ResourceName;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The history table {@code <schema>.migrations}, keyed by (scope, version). Every access names the schema, so that no
 * search_path misleads it; who writes holds the migration lock of the database.
 */
public final class Ledger {

    private static final String NAME = "migrations";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final String schema;
    private final String scope;
    private boolean known;

    public Ledger(Connection connection, String schema, String scope) {
        this.connection = connection;
        this.schema = schema;
        this.scope = scope;
    }

    /**
     * Version to checksum of what stands under this scope; empty where there is no ledger yet.
     *
     * @throws RunFailed where the role could not write it later, with the GRANT that is missing
     */
    public Map<String, String> checksums() throws SQLException {
        LedgerAccess access = LedgerAccess.of(connection, schema, NAME);
        refuseWithout(access.missingGrant(quoted(connection.getCatalog()), quoted(schema), role()));
        known = access.tableExists();
        return known ? read() : Map.of();
    }

    /** Adds a row, and the table under it where it is missing, in the transaction that is open. */
    public void record(LedgerEntry entry, ResourceName resource, int run) throws SQLException {
        if (!known) {
            create();
        }
        try (PreparedStatement insert = connection.prepareStatement(LedgerTable.insert(table()))) {
            LedgerTable.bind(insert, scope, entry, resource, run);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw UNIQUE_VIOLATION.equals(e.getSQLState()) ? overtaken(entry) : e;
        }
    }

    private Map<String, String> read() throws SQLException {
        Map<String, String> checksums = new HashMap<>();
        String sql = "SELECT version, checksum FROM " + table() + " WHERE scope = ?";
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

    private void create() throws SQLException {
        LedgerAccess access = LedgerAccess.of(connection, schema, NAME);
        try (Statement statement = connection.createStatement()) {
            // CREATE … IF NOT EXISTS asks for the right to create even where there is nothing to create.
            if (!access.schemaExists()) {
                statement.execute("CREATE SCHEMA " + quoted(schema));
            }
            if (!access.tableExists()) {
                statement.execute(LedgerTable.create(table()));
            }
        }
        known = true;
    }

    private void refuseWithout(String grant) {
        if (grant != null) {
            throw RunFailed.because(
                    Reason.PermissionDenied,
                    "the role may not keep the ledger " + schema + "." + NAME,
                    "let an owner run: " + grant);
        }
    }

    /** Only where the lock was lost on the way: the key is what then keeps a file from being applied twice. */
    private static SQLException overtaken(LedgerEntry entry) {
        throw RunFailed.because(
                Reason.LockHeld,
                "another run has recorded version " + entry.version() + " meanwhile; this one was rolled back");
    }

    private String role() throws SQLException {
        return quoted(connection.getMetaData().getUserName());
    }

    private String table() {
        return quoted(schema) + "." + NAME;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
