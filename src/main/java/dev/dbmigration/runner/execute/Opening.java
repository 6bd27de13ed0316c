package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.connect.Message;
import dev.dbmigration.runner.fault.SqlStates;
import dev.dbmigration.runner.script.MigrationFile;
import java.sql.SQLException;
import java.util.Optional;

/** What comes before the first statement of a file that is one transaction: one message, of which all is our own. */
record Opening(Workplace at, MigrationFile file, HeldLocks held) {

    /** Ends a transaction of our own, so that a COMMIT in the server's log is always that of a file. */
    static final String END = "END";

    /** Makes the session like new, renews the lock and begins the transaction. */
    void run() throws SQLException {
        Message message = new Message();
        message.add("BEGIN");
        at.fresh().statements(file.options().settings()).forEach(message::add);
        int renewed = message.add(MigrationLock.RENEW);
        Optional<Integer> storage = Storage.question(file.statements()).map(message::add);
        message.add(END);
        message.add("BEGIN");
        try {
            message.send(at.connection());
        } catch (SQLException e) {
            goneWrong(e);
            return;
        }
        if (!MigrationLock.renewed(message.answer(renewed))) {
            at.rollback();
            at.lock().require(false);
        }
        held.before(storage.map(message::answer).orElse(null));
    }

    /** One by one they tell whose failure it is, and whether it matters. */
    private void goneWrong(SQLException e) throws SQLException {
        if (SqlStates.connectionLost(e.getSQLState())) {
            throw e;
        }
        at.rollback();
        at.freshSession(file.options());
        held.before(file.statements());
        at.execute("BEGIN");
    }
}
