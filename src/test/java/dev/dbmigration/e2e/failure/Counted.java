package dev.dbmigration.e2e.failure;

import static org.awaitility.Awaitility.await;

import dev.dbmigration.testing.Database;
import java.time.Duration;

/** What the database says of one migration; a server that is just down is waited for. */
record Counted(Database database, String migration) {

    int effects() {
        return number("SELECT count(*) FROM effects WHERE migration = '" + migration + "'");
    }

    int effects(String file) {
        return number("SELECT count(*) FROM effects WHERE migration = '" + migration + "' AND file = '" + file + "'");
    }

    /** How many of the indexes that a stepped file has left are valid, as in {@code 1 of 1}. */
    String validIndexes(String file) {
        return text("SELECT count(*) FILTER (WHERE indisvalid) || ' of ' || count(*) FROM pg_index"
                + " JOIN pg_class c ON c.oid = indexrelid WHERE starts_with(relname, '" + Work.index(migration, file)
                + "')");
    }

    int counter() {
        return number("SELECT sum(n) FROM counters WHERE migration = '" + migration + "'");
    }

    int starts() {
        return number("SELECT count(*) FROM starts WHERE migration = '" + migration + "'");
    }

    /** Files that stand in the ledger, which the first migration of a database makes. */
    int ledger() {
        return text("SELECT to_regclass('dbmigration.migrations')") == null
                ? 0
                : number("SELECT count(*) FROM dbmigration.migrations WHERE scope = '" + migration + "'");
    }

    /** Sessions of earlier attempts that a later one met. */
    String overlaps() {
        return text("SELECT string_agg(me || ' met ' || other, ', ') FROM encounters");
    }

    private int number(String sql) {
        return Integer.parseInt(text(sql));
    }

    private String text(String sql) {
        String[] answer = new String[1];
        await("an answer to " + sql)
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .ignoreException(IllegalStateException.class)
                .until(() -> {
                    answer[0] = database.query(sql);
                    return true;
                });
        return answer[0];
    }
}
