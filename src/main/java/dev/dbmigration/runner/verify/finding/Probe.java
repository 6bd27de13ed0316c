package dev.dbmigration.runner.verify.finding;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;

/** Runs one kind of check: says what is expected, and looks whether the database is so. */
public interface Probe {

    /** What the check expects, in its author's words: reported where the database could not be asked. */
    String expected();

    /** The user's own statement, of which an error may repeat a literal; null: there is none. */
    default String statement() {
        return null;
    }

    /** What the database holds, read in a transaction of this check's own; a failure to read is thrown. */
    Finding look(Catalogue catalogue) throws SQLException;
}
