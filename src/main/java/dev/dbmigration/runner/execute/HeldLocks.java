package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.HeldLock;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a transaction has kept others from, seen just before its COMMIT: its locks on relations that are older than
 * itself, and which of these it has written anew. Told once for each relation and mode, and for a bounded number.
 */
final class HeldLocks {

    private static final int MOST = 20;

    /**
     * One row a relation with its strongest lock. The row of a table's column {@code ctid} is as old as the table, and
     * one of its row in {@code pg_class} as old as its last change; {@code age} is 0 for the transaction itself, and
     * negative for its savepoints. Raw transaction numbers come round again after four thousand million, hence the bound.
     */
    private static final String LOCKS = "SELECT DISTINCT ON (c.oid) c.oid, n.nspname || '.' || c.relname, l.mode,"
            + " (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.transaction_timestamp())"
            + " * 1000)::pg_catalog.int8, pg_catalog.pg_relation_filenode(c.oid)::pg_catalog.int8,"
            + " pg_catalog.age(c.xmin) BETWEEN -1000000 AND 0"
            + " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'ctid'"
            + " WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted"
            + " AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())"
            + " AND c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND l.mode <> 'AccessShareLock'"
            + " AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> '%s'"
            + " AND pg_catalog.age(a.xmin) NOT BETWEEN -1000000 AND 0"
            + " ORDER BY c.oid, pg_catalog.array_position(ARRAY['AccessExclusiveLock', 'ExclusiveLock',"
            + " 'ShareRowExclusiveLock', 'ShareLock', 'ShareUpdateExclusiveLock', 'RowExclusiveLock'], l.mode)";

    private static final String SAVEPOINT = "dbmigration_look";

    private final Workplace at;
    private final MigrationFile file;
    private final Set<List<Object>> told = new HashSet<>();
    private Map<Long, Long> storage = Map.of();

    /** {@code file} is named in the log; null: several. */
    HeldLocks(Workplace at, MigrationFile file) {
        this.at = at;
        this.file = file;
    }

    /** Called before the transaction of these statements begins. */
    void before(List<Statement> statements) throws SQLException {
        try {
            storage = Storage.of(new Catalogue(at.connection()), statements);
        } catch (SQLException e) {
            ignore(e);
            storage = Map.of();
        }
    }

    /** What is new to tell. Called as ourselves, within the transaction, which a failure here leaves as it was. */
    List<HeldLock> look() throws SQLException {
        if (told.size() >= MOST) {
            return List.of();
        }
        List<HeldLock> news = new ArrayList<>();
        for (HeldLock lock : locks()) {
            if (told.size() < MOST && told.add(List.of(lock.relation(), lock.mode()))) {
                news.add(lock);
                tell(lock);
            }
        }
        return news;
    }

    private void tell(HeldLock lock) {
        at.log()
                .line((file == null ? "" : file.name() + ": ") + "before COMMIT, " + lock.millis() + " ms after BEGIN: "
                        + lock.mode() + " on " + lock.relation()
                        + (Boolean.TRUE.equals(lock.rewritten()) ? ", which was rewritten" : ""));
    }

    private List<HeldLock> locks() throws SQLException {
        String schema = at.input().sql().ledgerSchema().replace("'", "''");
        // All of it is one message, so that nobody waits for a round trip more than necessary.
        String sql = "SAVEPOINT " + SAVEPOINT + "; " + LOCKS.formatted(schema) + "; RELEASE SAVEPOINT " + SAVEPOINT;
        try (java.sql.Statement statement = at.connection().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                return read(rows);
            }
        } catch (SQLException e) {
            ignore(e);
            at.execute("ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT);
            return List.of();
        }
    }

    private List<HeldLock> read(ResultSet rows) throws SQLException {
        List<HeldLock> locks = new ArrayList<>();
        while (rows.next()) {
            Boolean rewritten = rewritten(rows.getLong(1), rows.getString(3), rows.getLong(5), rows.getBoolean(6));
            locks.add(new HeldLock(rows.getString(2), rows.getString(3), rows.getLong(4), rewritten));
        }
        return locks;
    }

    /** Only under the strongest lock is a table written anew, and then its row in pg_class is changed. */
    private Boolean rewritten(long oid, String mode, long now, boolean changed) {
        if (!mode.equals("AccessExclusiveLock") || !changed) {
            return false;
        }
        Long before = storage.get(oid);
        return before == null ? null : before != now;
    }

    /** To know it would be good, and is not what the run is for; a lost connection and a wish to stop are not ours. */
    private void ignore(SQLException e) throws SQLException {
        if (SqlStates.connectionLost(e.getSQLState()) || at.guard().stop().requested()) {
            throw e;
        }
        at.log().line("cannot see which locks are held: " + e.getSQLState());
    }
}
