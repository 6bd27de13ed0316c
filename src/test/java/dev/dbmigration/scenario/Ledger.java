package dev.dbmigration.scenario;

import dev.dbmigration.testing.Database;

/** What the history table of a database holds. */
final class Ledger {

    private Ledger() {}

    /** How many rows it has; 0 also where it does not exist. */
    static int rows(Database database) {
        boolean exists = database.query("select to_regclass('dbmigration.migrations')") != null;
        return exists ? Integer.parseInt(database.query("select count(*) from dbmigration.migrations")) : 0;
    }
}
