package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.RunInput.ResourceName;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.words.SqlString;
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
            + "down text, "
            + "PRIMARY KEY (scope, version)";

    /** Columns that ledgers of earlier releases lack, all of them text. */
    static final List<String> LATER = List.of("text_checksum", "variables", "database_schema", "down");

    private LedgerTable() {}

    /** The rows of a scope, also where the table lacks later columns. */
    static String select(String table) {
        return "SELECT version, file, source, outcome, checksum, " + KeptTable.later("text_checksum") + ", "
                + KeptTable.later("variables") + " FROM " + KeptTable.withLater(table, LATER) + " WHERE scope = ?";
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
        return "SELECT version, checksum, scope, resource_kind, resource_namespace, resource_name FROM "
                + KeptTable.withLater(table, LATER) + " WHERE scope <> ? AND " + KeptTable.later("database_schema")
                + " = ? AND checksum = ANY (?) ORDER BY scope";
    }

    /**
     * The statement that adds a row, and answers its milliseconds.
     *
     * @param millis an expression of SQL
     */
    static String insert(
            String table,
            String scope,
            String databaseSchema,
            LedgerEntry entry,
            ResourceName resource,
            int run,
            String millis) {
        MigrationFile file = entry.file();
        String values = String.join(
                ", ",
                SqlString.of(scope),
                SqlString.of(file.version().text()),
                SqlString.of(file.name()),
                SqlString.of(file.source()),
                SqlString.of(file.sums().bytes()),
                SqlString.of(entry.outcome().name()),
                String.valueOf(entry.statements()),
                millis,
                SqlString.of(resource.kind()),
                SqlString.of(resource.namespace()),
                SqlString.of(resource.name()),
                String.valueOf(run),
                SqlString.of(file.sums().text()),
                SqlString.of(file.sums().variables()),
                SqlString.of(databaseSchema),
                SqlString.orNull(file.down().text()));
        return "INSERT INTO " + table + " (scope, version, file, source, checksum, outcome, statements, duration_ms,"
                + " resource_kind, resource_namespace, resource_name, run, text_checksum, variables, database_schema, down)"
                + " VALUES (" + values + ") RETURNING duration_ms";
    }
}
