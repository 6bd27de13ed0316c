package dev.dbmigration.runner.remains;

import dev.dbmigration.runner.script.StatementWords;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code ALTER TABLE … DETACH PARTITION … CONCURRENTLY}: killed, it leaves a partition whose detaching is pending, which
 * {@code FINALIZE} completes.
 *
 * @param table as it stands in the statement
 * @param partition as it stands in the statement
 */
record Detached(String table, String partition) implements Remains {

    private static final String STATE = "SELECT inhdetachpending FROM pg_catalog.pg_inherits"
            + " WHERE inhparent = pg_catalog.to_regclass(?) AND inhrelid = pg_catalog.to_regclass(?)";

    static Detached of(StatementWords words) {
        int name = words.hasAt(2, "IF") ? 4 : 2;
        int table = words.hasAt(name, "ONLY") ? name + 1 : name;
        return new Detached(words.nameAt(table), words.nameAt(words.indexOf("PARTITION") + 1));
    }

    @Override
    public String before(Connection connection) throws SQLException {
        return state(connection);
    }

    @Override
    public Finding look(Connection connection, String before) throws SQLException {
        return switch (state(connection)) {
            case "Pending" ->
                new Finding.Done(
                        "the detaching of " + partition + " is pending",
                        List.of("ALTER TABLE " + table + " DETACH PARTITION " + partition + " FINALIZE"));
            case "Attached" -> new Finding.Again(partition + " is still a partition", List.of());
            default ->
                before.equals("None")
                        ? new Finding.Again(partition + " is no partition", List.of())
                        : new Finding.Done(partition + " is detached", List.of());
        };
    }

    private String state(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(STATE)) {
            query.setString(1, table);
            query.setString(2, partition);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return "None";
                }
                return row.getBoolean(1) ? "Pending" : "Attached";
            }
        }
    }
}
