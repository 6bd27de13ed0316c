package dev.dbmigration.runner.plan;

import java.util.Locale;

/** The name of a relation or function as the catalogue has it; schema may be null. */
record Name(String schema, String name) {

    /** A word of SQL as the catalogue has it: without its quotes, or folded as PostgreSQL folds what has none. */
    static String plain(String word) {
        return word.startsWith("\"") && word.length() > 1
                ? word.substring(1, word.length() - 1).replace("\"\"", "\"")
                : word.toLowerCase(Locale.ROOT);
    }
}
