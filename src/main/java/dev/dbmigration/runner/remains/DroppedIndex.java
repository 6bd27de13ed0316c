package dev.dbmigration.runner.remains;

import dev.dbmigration.runner.script.StatementWords;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code DROP INDEX CONCURRENTLY}: killed, it leaves the index, INVALID perhaps, or none.
 *
 * @param index as it stands in the statement
 */
record DroppedIndex(String index) implements Remains {

    static DroppedIndex of(StatementWords words) {
        int name = words.hasAt(words.indexOf("CONCURRENTLY") + 1, "IF") ? 5 : 3;
        return new DroppedIndex(words.nameAt(name));
    }

    @Override
    public String before(Connection connection) throws SQLException {
        return oid(connection);
    }

    /** An index of that name that was not there before is somebody else's. */
    @Override
    public Finding look(Connection connection, String before) throws SQLException {
        String now = oid(connection);
        return !before.isEmpty() && !now.equals(before)
                ? new Finding.Done("index " + index + " is gone", List.of())
                : new Finding.Again("index " + index + " is still there", List.of());
    }

    private String oid(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT coalesce(pg_catalog.to_regclass(?)::oid::text, '')")) {
            query.setString(1, index);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
