package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What is refused before the first statement runs. */
final class Beforehand {

    private Beforehand() {}

    static void refuseReplica(Connection connection) throws SQLException {
        String sql = "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only')::bool";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            if (row.getBoolean(1) || row.getBoolean(2)) {
                throw RunFailed.because(
                        Reason.ReadOnlyDatabase,
                        row.getBoolean(1) ? "this server is a replica" : "this session is read-only",
                        "name the primary in spec.database.host; see also default_transaction_read_only");
            }
        }
    }
}
