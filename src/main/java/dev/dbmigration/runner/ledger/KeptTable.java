package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A table of ours in the ledger's schema: whether it is there, whether the role may keep it, and how it is made.
 *
 * @param privileges what the role needs on it, such as SELECT
 * @param columns what stands in parentheses behind CREATE TABLE
 */
record KeptTable(Connection connection, String schema, String name, List<String> privileges, String columns) {

    /**
     * Whether it is there.
     *
     * @throws RunFailed where the role could not keep it later, with the GRANT that is missing
     */
    boolean exists() throws SQLException {
        LedgerAccess access = access();
        String grant = access.missingGrant(Names.database(connection), Names.quoted(schema));
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

    /** Its name as it stands in SQL, whatever the search_path. */
    String qualified() {
        return Names.quoted(schema) + "." + name;
    }

    private LedgerAccess access() throws SQLException {
        return LedgerAccess.of(connection, schema, name, privileges);
    }
}
