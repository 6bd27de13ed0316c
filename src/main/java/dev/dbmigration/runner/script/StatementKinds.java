package dev.dbmigration.runner.script;

import java.util.Set;

/**
 * Tells a statement's kind by its words. Which commands PostgreSQL refuses in a transaction is said on their pages of
 * its manual, and in its source by {@code PreventInTransactionBlock}.
 */
final class StatementKinds {

    /** {@code CREATE OR REPLACE LOCAL TEMP}: how many words may stand before it. */
    private static final int MODIFIERS = 4;

    private StatementKinds() {}

    /** The first words of all statements whose kind is not the ordinary one; the others need not be looked at. */
    private static final Set<String> TOLD_APART = Set.of(
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "ROLLBACK",
            "ABORT",
            "SAVEPOINT",
            "RELEASE",
            "CREATE",
            "DROP",
            "REINDEX",
            "VACUUM",
            "CLUSTER",
            "ALTER",
            "DISCARD",
            "SET",
            "RESET",
            "SELECT",
            "WITH",
            "PREPARE",
            "DECLARE");

    /** The kind of a statement that begins with {@code keyword}, in upper case. */
    static StatementKind of(String keyword, String statement) {
        return TOLD_APART.contains(keyword) ? of(StatementWords.of(statement)) : StatementKind.ORDINARY;
    }

    private static StatementKind of(StatementWords words) {
        StatementKind control = control(words);
        if (control != null) {
            return control;
        }
        if (runsOutside(words)) {
            return StatementKind.OUTSIDE;
        }
        if (changesSession(words)) {
            return StatementKind.SESSION;
        }
        return endsWithSession(words) ? StatementKind.TEMPORARY : StatementKind.ORDINARY;
    }

    private static StatementKind control(StatementWords words) {
        if (words.begin("BEGIN") || words.begin("START", "TRANSACTION")) {
            return StatementKind.BEGIN;
        }
        if (words.begin("COMMIT") || words.begin("END")) {
            return StatementKind.COMMIT;
        }
        if (words.begin("ROLLBACK") || words.begin("ABORT")) {
            return words.contain("TO") ? StatementKind.SAVEPOINT : StatementKind.ROLLBACK;
        }
        return words.begin("SAVEPOINT") || words.begin("RELEASE") ? StatementKind.SAVEPOINT : null;
    }

    private static boolean runsOutside(StatementWords words) {
        return index(words)
                || maintenance(words)
                || cluster(words.outermost())
                || words.begin("ALTER", "TABLE") && words.contain("DETACH") && endsWith(words, "CONCURRENTLY")
                || subscription(words);
    }

    private static boolean index(StatementWords words) {
        return words.begin("CREATE", "INDEX", "CONCURRENTLY")
                || words.begin("CREATE", "UNIQUE", "INDEX", "CONCURRENTLY")
                || words.begin("DROP", "INDEX", "CONCURRENTLY")
                || words.begin("REINDEX") && reindexOutside(words);
    }

    /** Of partitioned tables too, but only the server knows which these are. */
    private static boolean reindexOutside(StatementWords words) {
        StatementWords outermost = words.outermost();
        return words.contain("CONCURRENTLY")
                || outermost.hasAt(1, "DATABASE")
                || outermost.hasAt(1, "SCHEMA")
                || outermost.hasAt(1, "SYSTEM");
    }

    private static boolean maintenance(StatementWords words) {
        return words.begin("VACUUM")
                || words.begin("CREATE", "DATABASE")
                || words.begin("DROP", "DATABASE")
                || words.begin("CREATE", "TABLESPACE")
                || words.begin("DROP", "TABLESPACE")
                || words.begin("ALTER", "DATABASE") && words.contain("SET", "TABLESPACE")
                || words.begin("ALTER", "SYSTEM")
                || words.begin("DISCARD", "ALL");
    }

    /** Without a table: of all that were clustered before. */
    private static boolean cluster(StatementWords outermost) {
        return outermost.begin("CLUSTER")
                && (outermost.size() == 1 || outermost.size() == 2 && outermost.hasAt(1, "VERBOSE"));
    }

    private static boolean subscription(StatementWords words) {
        return words.begin("CREATE", "SUBSCRIPTION")
                || words.begin("DROP", "SUBSCRIPTION")
                || words.begin("ALTER", "SUBSCRIPTION") && (words.contain("REFRESH") || words.contain("PUBLICATION"));
    }

    private static boolean endsWith(StatementWords words, String word) {
        return words.hasAt(words.size() - 1, word);
    }

    private static boolean changesSession(StatementWords words) {
        if (words.begin("SET")) {
            return !words.hasAt(1, "LOCAL") && !words.hasAt(1, "TRANSACTION") && !words.hasAt(1, "CONSTRAINTS");
        }
        return words.begin("RESET") || setsByFunction(words);
    }

    private static boolean endsWithSession(StatementWords words) {
        if (words.begin("CREATE") || words.begin("SELECT") || words.begin("WITH")) {
            StatementWords outermost = words.outermost();
            int temporary = Math.max(outermost.indexOf("TEMP"), outermost.indexOf("TEMPORARY"));
            boolean made = words.begin("CREATE")
                    ? temporary > 0 && temporary <= MODIFIERS
                    : temporary > 0 && outermost.hasAt(temporary - 1, "INTO");
            return made && !words.contain("ON", "COMMIT", "DROP");
        }
        return words.begin("PREPARE") || words.begin("DECLARE");
    }

    /** {@code SELECT pg_catalog.set_config('search_path', '', false)} as pg_dump writes it, and nothing else with it. */
    private static boolean setsByFunction(StatementWords words) {
        StatementWords call = words.outermost();
        int name = call.size() - 1;
        boolean alone = name == 1 || name == 3 && call.hasAt(1, "pg_catalog");
        return call.begin("SELECT")
                && alone
                && call.hasAt(name, "set_config")
                && words.size() > name + 1
                && words.tokens().get(words.size() - 1).kind() == Token.Kind.CLOSE;
    }
}
