package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.Connection;
import java.sql.SQLException;

/** Hears of each statement that found an object there which it, or one of its parts, would have made; just behind it. */
@FunctionalInterface
public interface Skips {

    /** Nobody listens, so that statements may go to the server together. */
    Skips UNHEARD = (file, statement, connection) -> {};

    /** May look around in the session, and leaves it and an open transaction as they were. */
    void skipped(MigrationFile file, Statement statement, Connection connection) throws SQLException;
}
