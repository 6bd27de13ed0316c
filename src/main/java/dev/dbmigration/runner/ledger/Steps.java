package dev.dbmigration.runner.ledger;

import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.words.SqlString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far a file has come that is not one transaction: the table {@code <schema>.steps}, keyed by (scope, version,
 * statement). Rows stand there from a file's first statement to its row in the ledger. Every access names the schema,
 * and who writes holds the migration lock of the database.
 */
public final class Steps {

    private static final String COLUMNS = "scope text NOT NULL, "
            + "version text NOT NULL, "
            + "statement integer NOT NULL, "
            + "hash text NOT NULL, "
            + "begun boolean NOT NULL, "
            + "before text NOT NULL, "
            + "at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(), "
            + "skipped text, "
            + "PRIMARY KEY (scope, version, statement)";

    /** Columns that tables of earlier releases lack. */
    private static final List<String> LATER = List.of("skipped");

    private final Connection connection;
    private final KeptTable table;
    private final String scope;
    private final String version;

    Steps(Connection connection, String schema, String scope, String version) {
        this.connection = connection;
        this.table = table(connection, schema);
        this.scope = scope;
        this.version = version;
    }

    /** Versions of this scope that have steps; none where there is no such table. */
    static Set<String> versions(Connection connection, String schema, String scope) throws SQLException {
        KeptTable table = table(connection, schema);
        Set<String> versions = new HashSet<>();
        if (table.isThere()) {
            String sql = "SELECT DISTINCT version FROM " + table.qualified() + " WHERE scope = ?";
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, scope);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        versions.add(rows.getString(1));
                    }
                }
            }
        }
        return versions;
    }

    private static KeptTable table(Connection connection, String schema) {
        return new KeptTable(connection, schema, "steps", List.of("SELECT", "INSERT", "UPDATE", "DELETE"), COLUMNS);
    }

    /**
     * The steps of this file in their order, and the table for more.
     *
     * @throws RunFailed where the role may not keep them, with the GRANT that is missing
     */
    public List<Step> open() throws SQLException {
        if (table.exists()) {
            table.complete(LATER);
        } else {
            table.create();
        }
        return read();
    }

    /** The steps of this file in their order, where there is such a table. */
    public List<Step> read() throws SQLException {
        List<Step> steps = new ArrayList<>();
        String sql = "SELECT statement, hash, begun, before, " + KeptTable.later("skipped") + " FROM "
                + KeptTable.withLater(table.qualified(), LATER) + " WHERE scope = ? AND version = ? ORDER BY statement";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    steps.add(new Step(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.getBoolean(3),
                            rows.getString(4),
                            rows.getString(5)));
                }
            }
        }
        return steps;
    }

    /** Adds them, in the transaction that is open. */
    public void add(Collection<Step> steps) throws SQLException {
        String sql = "INSERT INTO " + table.qualified()
                + " (scope, version, statement, hash, begun, before, skipped) VALUES (?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Step step : steps) {
                bind(insert);
                insert.setInt(3, step.statement());
                insert.setString(4, step.hash());
                insert.setBoolean(5, step.begun());
                insert.setString(6, step.before());
                insert.setString(7, step.skipped());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Turns a step that was begun into one that is done; {@code skipped}: as in {@link Step}. */
    public void finish(int statement, String skipped) throws SQLException {
        change("UPDATE " + table.qualified() + " SET begun = false, skipped = "
                + SqlString.orNull(skipped)
                + " WHERE scope = ? AND version = ? AND statement = " + statement);
    }

    /** Forgets a step, which has left nothing. */
    public void forget(int statement) throws SQLException {
        change("DELETE FROM " + table.qualified() + " WHERE scope = ? AND version = ? AND statement = " + statement);
    }

    /** Forgets all of this file, since its row stands in the ledger. */
    public void clear() throws SQLException {
        change("DELETE FROM " + table.qualified() + " WHERE scope = ? AND version = ?");
    }

    private void change(String sql) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(sql)) {
            bind(change);
            change.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, scope);
        statement.setString(2, version);
    }
}
