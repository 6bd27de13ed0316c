package dev.dbmigration.runner.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Names as they stand in SQL. */
final class Names {

    private Names() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String database(Connection connection) throws SQLException {
        return quoted(connection.getCatalog());
    }
}
