package dev.dbmigration.runner.remains;

import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.StatementWords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Chooses what is known of a statement's remains by its words. */
public final class Leftovers {

    private static final Remains REPEATABLE = new Remains() {
        @Override
        public String before(Connection connection) {
            return "";
        }

        @Override
        public Finding look(Connection connection, String before) {
            return new Finding.Again("it may run again", List.of());
        }
    };

    private Leftovers() {}

    /** The remains of {@code statement}, which runs outside transactions. */
    public static Remains of(Statement statement) {
        StatementWords words = StatementWords.of(statement.text());
        if (words.begin("CREATE", "INDEX") || words.begin("CREATE", "UNIQUE", "INDEX")) {
            return NewIndex.of(words);
        }
        if (words.begin("DROP", "INDEX")) {
            return DroppedIndex.of(words);
        }
        if (words.begin("REINDEX")) {
            return Reindexed.of(words);
        }
        if (words.begin("ALTER", "TABLE")) {
            return Detached.of(words);
        }
        return isRepeatable(words) ? REPEATABLE : unknowable(statement.keyword());
    }

    /** Name of the index that {@code CREATE INDEX IF NOT EXISTS} has found and that is INVALID; null: there is none. */
    public static String invalidIndex(Statement statement, Connection connection) throws SQLException {
        StatementWords words = StatementWords.of(statement.text());
        return words.begin("CREATE", "INDEX") || words.begin("CREATE", "UNIQUE", "INDEX")
                ? NewIndex.of(words).invalid(connection)
                : null;
    }

    private static boolean isRepeatable(StatementWords words) {
        return words.begin("VACUUM")
                || words.begin("CLUSTER")
                || words.begin("ALTER", "SYSTEM")
                || words.begin("ALTER", "DATABASE")
                || words.begin("DISCARD");
    }

    private static Remains unknowable(String command) {
        return new Remains() {
            @Override
            public String before(Connection connection) {
                return "";
            }

            @Override
            public Finding look(Connection connection, String before) {
                return new Finding.Unknown("how far " + command + " came, only the database can tell");
            }
        };
    }
}
