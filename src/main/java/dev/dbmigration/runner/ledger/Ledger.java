package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput.ResourceName;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private Map<String, LedgerRow> rows = Map.of();
    private String databaseSchema;

    /**
     * The ledger in {@code schema}.
     *
     * @param databaseSchema where the files make their objects; null: where the session does
     * @param replaces whether files are among those of the run that run again when they have changed
     */
    public Ledger(Connection connection, String schema, String scope, String databaseSchema, boolean replaces) {
        this.connection = connection;
        this.schema = schema;
        this.scope = scope;
        this.databaseSchema = databaseSchema;
        List<String> privileges = replaces ? List.of("SELECT", "INSERT", "DELETE") : List.of("SELECT", "INSERT");
        this.table = new KeptTable(connection, schema, "migrations", privileges, LedgerTable.COLUMNS);
    }

    /**
     * What stands under this scope, by version; empty where there is no ledger yet.
     *
     * @throws RunFailed where the role could not write it later, with the GRANT that is missing
     */
    public Map<String, LedgerRow> rows() throws SQLException {
        kept = table.exists();
        rows = kept ? read() : Map.of();
        return rows;
    }

    /**
     * Before anything is recorded, outside any transaction and in a session like new: adds the columns that a ledger
     * of an earlier release lacks.
     *
     * @throws RunFailed where the role may not, with what its owner has to run
     */
    public void prepare() throws SQLException {
        if (kept) {
            table.complete(LedgerTable.LATER);
        }
        settleSchema();
    }

    private void settleSchema() throws SQLException {
        if (databaseSchema == null) {
            databaseSchema = currentSchema();
        }
    }

    /** Empty where the search_path names no schema that is there. */
    private String currentSchema() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.current_schema()")) {
            row.next();
            return Objects.requireNonNullElse(row.getString(1), "");
        }
    }

    /** Rows of other scopes, but of the same schema of the database, with one of these checksums; once {@link #prepare prepared} or seen. */
    public List<Elsewhere> elsewhere(Collection<String> checksums) throws SQLException {
        List<Elsewhere> found = new ArrayList<>();
        if (!kept) {
            return found;
        }
        try (PreparedStatement query = connection.prepareStatement(LedgerTable.selectElsewhere(table.qualified()))) {
            query.setString(1, scope);
            query.setString(2, databaseSchema);
            query.setArray(3, connection.createArrayOf("text", checksums.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ResourceName resource = new ResourceName(row.getString(4), row.getString(5), row.getString(6));
                    found.add(new Elsewhere(row.getString(1), row.getString(2), row.getString(3), resource));
                }
            }
        }
        return found;
    }

    /**
     * What {@link #rows} tells, to a role that only reads; nothing is to be recorded then.
     *
     * @throws RunFailed where it may not even do that, with the GRANT that is missing
     */
    public Map<String, LedgerRow> seen() throws SQLException {
        KeptTable seen = new KeptTable(connection, schema, "migrations", List.of("SELECT"), LedgerTable.COLUMNS);
        kept = seen.isThere() && seen.exists();
        rows = kept ? read() : Map.of();
        settleSchema();
        return rows;
    }

    /** Versions of files that were begun, statement by statement, and are not recorded yet. */
    public Set<String> begun() throws SQLException {
        return Steps.versions(connection, schema, scope);
    }

    /** How far the file of this version has come, where it is not one transaction. */
    public Steps steps(String version) {
        return new Steps(connection, schema, scope, version);
    }

    /** Whether the table is there for good. */
    public boolean isKept() {
        return kept;
    }

    /**
     * What has to be before a row is added, in the transaction that is open: the table is made where it is missing, and
     * the row goes that was read, where the file runs again.
     */
    public void makeWay(LedgerEntry entry) throws SQLException {
        if (!kept && !made) {
            table.create();
            made = true;
        }
        LedgerRow before = rows.get(entry.file().version().text());
        if (before != null && before.isOutdatedBy(entry.file())) {
            remove(before);
        }
    }

    /**
     * The statement that adds the row and answers its milliseconds, once {@link #makeWay there is way}.
     *
     * @param millis what they are, as SQL
     */
    public String insertion(LedgerEntry entry, ResourceName resource, int run, String millis) {
        return LedgerTable.insert(table.qualified(), scope, databaseSchema, entry, resource, run, millis);
    }

    /** What the failure of an {@link #insertion} means: where it is the key that failed, another run was quicker. */
    public SQLException refused(SQLException e, LedgerEntry entry) {
        return UNIQUE_VIOLATION.equals(e.getSQLState())
                ? overtaken(entry.file().version().text())
                : e;
    }

    /** Adds a row, in the transaction that is open. */
    public void record(LedgerEntry entry, ResourceName resource, int run) throws SQLException {
        makeWay(entry);
        try (Statement insert = connection.createStatement()) {
            insert.execute(insertion(entry, resource, run, String.valueOf(entry.durationMillis())));
        } catch (SQLException e) {
            throw refused(e, entry);
        }
    }

    private void remove(LedgerRow row) throws SQLException {
        String sql = "DELETE FROM " + table.qualified()
                + " WHERE scope = ? AND version = ? AND checksum = ? AND variables IS NOT DISTINCT FROM ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, scope);
            delete.setString(2, row.version());
            delete.setString(3, row.checksum());
            delete.setString(4, row.variables());
            if (delete.executeUpdate() == 0) {
                throw overtaken(row.version());
            }
        }
    }

    private Map<String, LedgerRow> read() throws SQLException {
        Map<String, LedgerRow> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(LedgerTable.select(table.qualified()))) {
            query.setString(1, scope);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    LedgerRow each = LedgerTable.row(row);
                    found.put(each.version(), each);
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
    private static SQLException overtaken(String version) {
        throw RunFailed.because(
                Reason.LockHeld,
                "another run has recorded version " + version + " meanwhile; this one was rolled back");
    }
}
