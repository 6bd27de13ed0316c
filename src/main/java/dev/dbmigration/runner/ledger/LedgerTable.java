package dev.dbmigration.runner.ledger;

import dev.dbmigration.report.RunInput.ResourceName;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The columns of the ledger. New ones come with a default, so that an older runner can go on writing. */
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
            + "PRIMARY KEY (scope, version)";

    private LedgerTable() {}

    static String insert(String table) {
        return "INSERT INTO " + table + " (scope, version, file, source, checksum, outcome, statements, duration_ms,"
                + " resource_kind, resource_namespace, resource_name, run)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    }

    static void bind(PreparedStatement insert, String scope, LedgerEntry entry, ResourceName resource, int run)
            throws SQLException {
        insert.setString(1, scope);
        insert.setString(2, entry.version());
        insert.setString(3, entry.file());
        insert.setString(4, entry.source());
        insert.setString(5, entry.checksum());
        insert.setString(6, entry.outcome().name());
        insert.setInt(7, entry.statements());
        insert.setLong(8, entry.durationMillis());
        insert.setString(9, resource.kind());
        insert.setString(10, resource.namespace());
        insert.setString(11, resource.name());
        insert.setInt(12, run);
    }
}
