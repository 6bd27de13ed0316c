package dev.dbmigration.runner.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Whether the ledger is there, and what the role still lacks to keep it; asked of the catalogue, so nothing fails. */
record LedgerAccess(
        boolean schemaExists,
        boolean tableExists,
        boolean mayCreateSchema,
        boolean mayUseSchema,
        boolean mayCreateTable,
        boolean mayKeep,
        String role,
        String database,
        String table,
        List<String> privileges) {

    private static final String QUERY = "SELECT n.oid IS NOT NULL, c.oid IS NOT NULL,"
            + " pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'),"
            + " pg_catalog.has_schema_privilege(n.oid, 'USAGE'),"
            + " pg_catalog.has_schema_privilege(n.oid, 'CREATE'),"
            + " (SELECT pg_catalog.bool_and(pg_catalog.has_table_privilege(c.oid, p))"
            + " FROM pg_catalog.unnest(pg_catalog.string_to_array(?, ',')) AS p),"
            + " current_user, pg_catalog.current_database()"
            + " FROM (SELECT 1) AS one"
            + " LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = ?"
            + " LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = ?";

    static LedgerAccess of(Connection connection, String schema, String table, List<String> privileges)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setString(1, String.join(",", privileges));
            query.setString(2, schema);
            query.setString(3, table);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new LedgerAccess(
                        row.getBoolean(1),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        Names.quoted(row.getString(7)),
                        Names.quoted(row.getString(8)),
                        table,
                        privileges);
            }
        }
    }

    /** What an owner has to run, or null where nothing is missing; {@code schema} is quoted already. */
    String missingGrant(String schema) {
        if (!schemaExists) {
            return mayCreateSchema ? null : "GRANT CREATE ON DATABASE " + database + " TO " + role;
        }
        if (!tableExists) {
            return mayUseSchema && mayCreateTable ? null : "GRANT USAGE, CREATE ON SCHEMA " + schema + " TO " + role;
        }
        return mayUseSchema && mayKeep
                ? null
                : "GRANT USAGE ON SCHEMA " + schema + " TO " + role + "; GRANT " + String.join(", ", privileges)
                        + " ON " + schema + "." + table + " TO " + role;
    }
}
