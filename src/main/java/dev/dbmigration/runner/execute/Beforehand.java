package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.RunInput.Resolved;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is refused before the first statement runs. */
final class Beforehand {

    private Beforehand() {}

    /** What a person says of a statement that is nowhere would be thought heeded, and is not. */
    static void refuseUnfounded(List<Resolved> resolved, List<MigrationFile> files) {
        List<Failure> failures = new ArrayList<>();
        for (Resolved entry : resolved) {
            Optional<MigrationFile> file = files.stream()
                    .filter(each -> each.name().equals(entry.file()))
                    .findFirst();
            if (file.isEmpty()) {
                failures.add(unfounded("names the file " + entry.file() + ", which is in no source", entry));
            } else if (entry.statement() < 1
                    || entry.statement() > file.get().statements().size()) {
                failures.add(unfounded(
                        "names statement " + entry.statement() + " of " + entry.file() + ", which has "
                                + file.get().statements().size(),
                        entry));
            }
        }
        if (!failures.isEmpty()) {
            throw new RunFailed(failures);
        }
    }

    private static Failure unfounded(String message, Resolved entry) {
        String hint = "name the file and the statement as the failure did, or remove the entry";
        return new Failure(entry.file(), 0, 0, null, Reason.InvalidSpec, "spec.sql.resolve " + message, hint);
    }

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
