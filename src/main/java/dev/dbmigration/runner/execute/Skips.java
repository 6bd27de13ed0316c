package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.Connection;
import java.sql.SQLException;

/** Hears of each statement that found its object there and did nothing, just behind it. */
@FunctionalInterface
public interface Skips {

    /** May look around in the session, and leaves it and an open transaction as they were. */
    void skipped(MigrationFile file, Statement statement, Connection connection) throws SQLException;
}
