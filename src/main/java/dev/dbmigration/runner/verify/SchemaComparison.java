package dev.dbmigration.runner.verify;

import dev.dbmigration.check.ExpectedSchemaCheck;
import java.sql.SQLException;

/** Compares the database with what the migration's files make. */
@FunctionalInterface
public interface SchemaComparison {

    /**
     * What came of it.
     *
     * @throws dev.dbmigration.runner.fault.RunFailed where nothing can be known, with what to do
     */
    Compared compare(ExpectedSchemaCheck check) throws SQLException;

    /** Both sides in words. */
    record Compared(boolean met, String expected, String observed) {}
}
