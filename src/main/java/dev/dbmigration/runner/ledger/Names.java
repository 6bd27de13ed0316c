package dev.dbmigration.runner.ledger;

/** Names as they stand in SQL. */
final class Names {

    private Names() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
