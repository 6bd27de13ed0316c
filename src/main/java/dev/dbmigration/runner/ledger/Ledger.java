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

    private static final String PERMISSION_DENIED = "42501";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final String schema;
    private final String scope;

    public Ledger(Connection connection, String schema, String scope) {
        this.connection = connection;
        this.schema = schema;
        this.scope = scope;
    }

    /** Version to checksum of what stands under this scope; empty where there is no ledger yet. */
    public Map<String, String> checksums() throws SQLException {
        if (!tableExists()) {
            return Map.of();
        }
        Map<String, String> checksums = new HashMap<>();
        String sql = "SELECT version, checksum FROM " + table() + " WHERE scope = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, scope);
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                checksums.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            throw explained(e, grantUse());
        }
        return checksums;
    }

    /** Makes schema and table where missing; inside the transaction of a file, so that its failure leaves neither. */
    public void createIfMissing() throws SQLException {
        // CREATE … IF NOT EXISTS asks for the right to create even where there is nothing to create.
        if (!schemaExists()) {
            execute("CREATE SCHEMA " + quoted(schema), "GRANT CREATE ON DATABASE " + database() + " TO " + role());
        }
        if (!tableExists()) {
            execute(LedgerTable.create(table()), "GRANT USAGE, CREATE ON SCHEMA " + quoted(schema) + " TO " + role());
        }
    }

    /** Adds a row, in the transaction that is open. */
    public void record(LedgerEntry entry, ResourceName resource, int run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(LedgerTable.insert(table()))) {
            LedgerTable.bind(insert, scope, entry, resource, run);
            insert.executeUpdate();
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw overtaken(entry);
            }
            throw explained(e, grantUse());
        }
    }

    private boolean schemaExists() throws SQLException {
        return exists("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?");
    }

    private boolean tableExists() throws SQLException {
        return exists("SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = 'migrations'");
    }

    private boolean exists(String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, schema);
            return query.executeQuery().next();
        }
    }

    private void execute(String sql, String grant) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw explained(e, grant);
        }
    }

    /** The exception itself, unless a GRANT cures it. */
    private SQLException explained(SQLException e, String grant) {
        if (!PERMISSION_DENIED.equals(e.getSQLState())) {
            return e;
        }
        throw RunFailed.because(
                Reason.PermissionDenied,
                "the role may not keep the ledger " + schema + ".migrations",
                "let an owner run: " + grant);
    }

    /** Only where the lock was lost on the way: the key is what then keeps a file from being applied twice. */
    private static RunFailed overtaken(LedgerEntry entry) {
        return RunFailed.because(
                Reason.LockHeld,
                "another run has recorded version " + entry.version() + " meanwhile; this one was rolled back");
    }

    private String grantUse() throws SQLException {
        return "GRANT USAGE ON SCHEMA " + quoted(schema) + " TO " + role() + "; GRANT SELECT, INSERT ON " + table()
                + " TO " + role();
    }

    // Neither asks the server, which would refuse an answer in a failed transaction.
    private String role() throws SQLException {
        return quoted(connection.getMetaData().getUserName());
    }

    private String database() throws SQLException {
        return quoted(connection.getCatalog());
    }

    private String table() {
        return quoted(schema) + ".migrations";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
