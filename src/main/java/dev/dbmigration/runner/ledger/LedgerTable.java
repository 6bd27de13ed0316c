package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.RunInput.ResourceName;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The columns of the ledger. Later ones may be null, so that an earlier release can go on writing. */
final class LedgerTable {

    static final String COLUMNS = "scope text NOT NULL, "
            + "version text NOT NULL, "
            + "file text NOT NULL, "
            + "source text NOT NULL, "
            + "checksum text NOT NULL, "
            + "outcome text NOT NULL, "
            + "statements integer NOT NULL, "
            + "duration_ms bigint NOT NULL, "
            + "applied_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(), "
            + "applied_by text NOT NULL DEFAULT SESSION_USER, "
            + "application_name text NOT NULL DEFAULT pg_catalog.current_setting('application_name'), "
            + "resource_kind text NOT NULL, "
            + "resource_namespace text NOT NULL, "
            + "resource_name text NOT NULL, "
            + "run integer NOT NULL, "
            + "text_checksum text, "
            + "variables text, "
            + "database_schema text, "
            + "PRIMARY KEY (scope, version)";

    /** Columns that ledgers of earlier releases lack, all of them text. */
    static final List<String> LATER = List.of("text_checksum", "variables", "database_schema");

    private LedgerTable() {}

    /** The rows of a scope, also where the table lacks later columns. */
    static String select(String table) {
        return "SELECT version, file, source, outcome, checksum, " + later("text_checksum") + ", " + later("variables")
                + " FROM " + table + " AS m WHERE scope = ?";
    }

    private static String later(String column) {
        return "pg_catalog.jsonb_extract_path_text(pg_catalog.to_jsonb(m), '" + column + "')";
    }

    static LedgerRow row(ResultSet row) throws SQLException {
        return new LedgerRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7));
    }

    /** Files of these checksums that other scopes have in the same schema of the database. */
    static String selectElsewhere(String table) {
        return "SELECT version, checksum, scope, resource_kind, resource_namespace, resource_name FROM " + table
                + " AS m WHERE scope <> ? AND " + later("database_schema")
                + " = ? AND checksum = ANY (?) ORDER BY scope";
    }

    static String insert(String table) {
        return "INSERT INTO " + table + " (scope, version, file, source, checksum, outcome, statements, duration_ms,"
                + " resource_kind, resource_namespace, resource_name, run, text_checksum, variables, database_schema)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    }

    static void bind(
            PreparedStatement insert,
            String scope,
            String databaseSchema,
            LedgerEntry entry,
            ResourceName resource,
            int run)
            throws SQLException {
        MigrationFile file = entry.file();
        insert.setString(1, scope);
        insert.setString(2, file.version().text());
        insert.setString(3, file.name());
        insert.setString(4, file.source());
        insert.setString(5, file.sums().bytes());
        insert.setString(6, entry.outcome().name());
        insert.setInt(7, entry.statements());
        insert.setLong(8, entry.durationMillis());
        insert.setString(9, resource.kind());
        insert.setString(10, resource.namespace());
        insert.setString(11, resource.name());
        insert.setInt(12, run);
        insert.setString(13, file.sums().text());
        insert.setString(14, file.sums().variables());
        insert.setString(15, databaseSchema);
    }
}
