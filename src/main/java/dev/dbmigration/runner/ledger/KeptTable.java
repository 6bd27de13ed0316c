package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table of ours in the ledger's schema: whether it is there, whether the role may keep it, and how it is made.
 *
 * @param privileges what the role needs on it, such as SELECT
 * @param columns what stands in parentheses behind CREATE TABLE
 */
record KeptTable(Connection connection, String schema, String name, List<String> privileges, String columns) {

    private static final String NOT_OWNER = "42501";

    /**
     * Whether it is there.
     *
     * @throws RunFailed where the role could not keep it later, with the GRANT that is missing
     */
    boolean exists() throws SQLException {
        LedgerAccess access = access();
        String grant = access.missingGrant(Names.quoted(schema));
        if (grant != null) {
            throw RunFailed.because(
                    Reason.PermissionDenied,
                    "the role may not keep the ledger " + schema + "." + name,
                    "let an owner run: " + grant);
        }
        return access.tableExists();
    }

    boolean isThere() throws SQLException {
        return access().tableExists();
    }

    /** Makes what is missing of schema and table. */
    void create() throws SQLException {
        LedgerAccess access = access();
        try (Statement statement = connection.createStatement()) {
            // CREATE … IF NOT EXISTS asks for the right to create even where there is nothing to create.
            if (!access.schemaExists()) {
                statement.execute("CREATE SCHEMA " + Names.quoted(schema));
            }
            if (!access.tableExists()) {
                statement.execute("CREATE TABLE " + qualified() + " (" + columns + ")");
            }
        }
    }

    /**
     * Adds columns that are missing, each a text that may be null.
     *
     * @throws RunFailed where the role may not, with what its owner has to run
     */
    void complete(List<String> texts) throws SQLException {
        Set<String> there = columnNames();
        String missing = texts.stream()
                .filter(column -> !there.contains(column))
                .map(column -> "ADD COLUMN IF NOT EXISTS " + column + " text")
                .collect(Collectors.joining(", "));
        if (missing.isEmpty()) {
            return;
        }
        String alter = "ALTER TABLE " + qualified() + " " + missing;
        try (Statement statement = connection.createStatement()) {
            statement.execute(alter);
        } catch (SQLException e) {
            throw NOT_OWNER.equals(e.getSQLState()) ? notOwner(alter) : e;
        }
    }

    /** What stands behind FROM where {@link #later} asks for these columns. */
    static String withLater(String table, List<String> texts) {
        return table
                + texts.stream()
                        .map(column -> "NULL::pg_catalog.text AS " + column)
                        .collect(Collectors.joining(", ", " AS m CROSS JOIN (SELECT ", ") AS lacking"));
    }

    /** A column of a table {@link #withLater}, null also where the table lacks it: then the name is that of the other. */
    static String later(String column) {
        return "(SELECT " + column + " FROM (SELECT m.*) AS own)";
    }

    private SQLException notOwner(String alter) {
        throw RunFailed.because(
                Reason.PermissionDenied,
                "the ledger " + schema + "." + name + " was made by an earlier release and lacks columns",
                "let its owner run: " + alter);
    }

    private Set<String> columnNames() throws SQLException {
        Set<String> names = new HashSet<>();
        String sql = "SELECT attname FROM pg_catalog.pg_attribute"
                + " WHERE attrelid = pg_catalog.to_regclass(?) AND attnum > 0 AND NOT attisdropped";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, qualified());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    /** Its name as it stands in SQL, whatever the search_path. */
    String qualified() {
        return Names.quoted(schema) + "." + name;
    }

    private LedgerAccess access() throws SQLException {
        return LedgerAccess.of(connection, schema, name, privileges);
    }
}
