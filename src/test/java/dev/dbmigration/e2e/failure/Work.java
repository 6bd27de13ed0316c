package dev.dbmigration.e2e.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What there is to migrate: each file, and each start of a container, leaves a row in the database. */
enum Work {
    ONE_FILE(1),
    FOUR_FILES(4),
    MANY_STATEMENTS(1),
    /** Statements of their own, one of which builds an index that no transaction holds. */
    STEPPED(1),
    BIG_SOURCE(2),
    VERIFIED(2),
    CONTAINER(1),
    RESTARTABLE(1);

    /** Tables in which work is counted; nothing in them is unique, so that a second time shows. */
    static final String TABLES = """
            CREATE TABLE effects (migration text, file text, by text DEFAULT current_setting('application_name'));
            CREATE TABLE counters (migration text, n int);
            CREATE TABLE starts (migration text, by text DEFAULT current_setting('application_name'));
            CREATE TABLE encounters (me text, other text);
            CREATE TABLE indexed (n int);
            INSERT INTO indexed SELECT generate_series(1, 10);
            CREATE FUNCTION slowly(n int, seconds float) RETURNS int LANGUAGE plpgsql IMMUTABLE
            AS 'BEGIN PERFORM pg_sleep(seconds); RETURN n; END';
            """;

    private static final int ROWS = 10;

    private static final String OVERLAP = "INSERT INTO encounters SELECT current_setting('application_name'),"
            + " application_name FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            + " AND application_name <> current_setting('application_name')"
            + " AND application_name ~ ('^' || regexp_replace(current_setting('application_name'),"
            + " '-\\d+-\\d+$', '') || '-\\d+-\\d+$');\n";

    private final int files;

    Work(int files) {
        this.files = files;
    }

    /** Whether a file that is not yet in the ledger may be half there. */
    boolean isStepped() {
        return this == STEPPED;
    }

    boolean isSql() {
        return this != CONTAINER && this != RESTARTABLE;
    }

    /** Names of the files, each of which takes effect once. */
    List<String> files() {
        return IntStream.rangeClosed(1, files).mapToObj(Work::file).toList();
    }

    static String file(int number) {
        return "00" + number + "_step.sql";
    }

    /** A file's text; it takes about so many seconds. */
    String content(String migration, String file, double seconds) {
        int pieces = this == MANY_STATEMENTS ? 8 : 1;
        StringBuilder sql = new StringBuilder(isStepped() ? "-- dbmigration: transaction=none\n" : "");
        sql.append(OVERLAP);
        sql.append("INSERT INTO effects (migration, file) VALUES ('%s', '%s');%n".formatted(migration, file));
        for (int piece = 0; piece < pieces; piece++) {
            sql.append("SELECT pg_sleep(%s);%n".formatted(seconds / pieces));
        }
        if (isStepped()) {
            // The slow expression makes it take time, and keeps it open to be killed.
            sql.append("CREATE INDEX CONCURRENTLY \"%s\" ON indexed (slowly(n, %s));%n"
                    .formatted(index(migration, file), seconds / ROWS));
        }
        if (this == BIG_SOURCE) {
            // With a third file after an edit it is still below the megabyte that a ConfigMap holds.
            sql.append(("-- " + "padding ".repeat(12) + "\n").repeat(2500));
        }
        return sql.append("UPDATE counters SET n = n + 1 WHERE migration = '%s';%n".formatted(migration))
                .toString();
    }

    /** Name of the index that a stepped file builds. */
    static String index(String migration, String file) {
        return migration + " " + file;
    }

    /** A container's command: it counts its start first, then works. */
    List<String> command(String migration, double seconds) {
        List<String> command = new ArrayList<>(List.of("sh", "-c"));
        String again = this == RESTARTABLE
                ? " WHERE NOT EXISTS (SELECT FROM effects WHERE migration = '%s')".formatted(migration)
                : "";
        command.add("""
                set -e
                q() { psql -qtAX -v ON_ERROR_STOP=1 -c "$1"; }
                q "INSERT INTO starts (migration) VALUES ('%1$s')"
                q "SELECT pg_sleep(%2$s)"
                q "INSERT INTO effects (migration, file) SELECT '%1$s', '%3$s'%4$s"
                """.formatted(migration, seconds, file(1), again));
        return command;
    }
}
