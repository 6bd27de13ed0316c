package dev.dbmigration.runner.remains;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What one statement that runs outside transactions leaves behind when it is killed. Its session is gone by the time
 * that anybody looks.
 */
public interface Remains {

    /** What is there before it runs, to be kept in the ledger; in words of its own. */
    String before(Connection connection) throws SQLException;

    /** What is to be made of what is there after it was begun and its end was never seen. */
    Finding look(Connection connection, String before) throws SQLException;
}
