package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Report.HeldLock;
import dev.dbmigration.runner.connect.Answer;
import dev.dbmigration.runner.connect.Message;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
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
     * What the server brings with it has numbers below 16384. Looked up one by one, since to find the best way to join
     * them would take the server longer than all the rest.
     */
    private static final String LOCKS = "SELECT DISTINCT ON (c.oid) c.oid,"
            + " (SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.oid = c.relnamespace), c.relname, l.mode,"
            + " (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.transaction_timestamp())"
            + " * 1000)::pg_catalog.int8, pg_catalog.pg_relation_filenode(c.oid)::pg_catalog.int8,"
            + " pg_catalog.age(c.xmin) BETWEEN -1000000 AND 0"
            + " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation"
            + " WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted"
            + " AND l.relation >= 16384"
            + " AND c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND l.mode <> 'AccessShareLock'"
            + " AND (SELECT pg_catalog.age(a.xmin) FROM pg_catalog.pg_attribute a"
            + " WHERE a.attrelid = c.oid AND a.attname = 'ctid') NOT BETWEEN -1000000 AND 0"
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
        storage = Map.of();
        Message message = new Message();
        Storage.question(statements).ifPresent(message::add);
        if (!message.isEmpty()) {
            try {
                message.send(at.connection());
                before(message.answer(0));
            } catch (SQLException e) {
                ignore(e);
            }
        }
    }

    /** The answer to what {@link Storage} asks before that transaction begins; null: it has nothing to ask. */
    void before(Answer answer) {
        storage = answer == null ? Map.of() : Storage.of(answer);
    }

    /** Becomes ourselves, and says what is new to tell; a failure to see it leaves the open transaction as it was. */
    List<HeldLock> look() throws SQLException {
        Message message = new Message();
        int confirmed = at.addOurselves(message);
        int savepoint = confirmed + 1;
        int locks = confirmed + 2;
        if (told.size() < MOST) {
            message.add("SAVEPOINT " + SAVEPOINT);
            message.add(question());
            message.add("RELEASE SAVEPOINT " + SAVEPOINT);
        }
        try {
            message.send(at.connection());
        } catch (SQLException e) {
            if (message.answered() <= savepoint) {
                throw e;
            }
            ignore(e);
            at.execute("ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT);
        }
        at.lock().require(message.answer(confirmed).isTrue(0, 0));
        return message.answered() > locks ? news(message.answer(locks)) : List.of();
    }

    /** What asks for the locks of the open transaction. */
    static String question() {
        return LOCKS;
    }

    /** What is new in the answer to {@link #question}; the log tells it too. */
    List<HeldLock> news(Answer answer) {
        List<HeldLock> news = new ArrayList<>();
        for (int row = 0; row < answer.rows(); row++) {
            HeldLock lock = lock(answer, row);
            boolean ours = at.input().sql().ledgerSchema().equals(answer.text(row, 1));
            if (!ours && told.size() < MOST && told.add(List.of(lock.relation(), lock.mode()))) {
                news.add(lock);
                tell(lock);
            }
        }
        return news;
    }

    private HeldLock lock(Answer answer, int row) {
        String relation = answer.text(row, 1) + "." + answer.text(row, 2);
        String mode = answer.text(row, 3);
        Boolean rewritten = rewritten(answer.number(row, 0), mode, answer.text(row, 5), answer.isTrue(row, 6));
        return new HeldLock(relation, mode, answer.number(row, 4), rewritten);
    }

    private void tell(HeldLock lock) {
        at.log()
                .line((file == null ? "" : file.name() + ": ") + "before COMMIT, " + lock.millis() + " ms after BEGIN: "
                        + lock.mode() + " on " + lock.relation()
                        + (Boolean.TRUE.equals(lock.rewritten()) ? ", which was rewritten" : ""));
    }

    /** Only under the strongest lock is a table written anew, and then its row in pg_class is changed. */
    private Boolean rewritten(long oid, String mode, String now, boolean changed) {
        if (!mode.equals("AccessExclusiveLock") || !changed) {
            return false;
        }
        Long before = storage.get(oid);
        return before == null ? null : !String.valueOf(before).equals(now);
    }

    /** To know it would be good, and is not what the run is for; a lost connection and a wish to stop are not ours. */
    private void ignore(SQLException e) throws SQLException {
        if (SqlStates.connectionLost(e.getSQLState()) || at.guard().stop().requested()) {
            throw e;
        }
        at.log().line("cannot see which locks are held: " + e.getSQLState());
    }
}
