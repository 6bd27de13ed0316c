package dev.dbmigration.runner.execute;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;

/**
 * Where a statement ends may depend on {@code standard_conforming_strings}, and the file was split before there was a
 * session: what the server says now has to be what was supposed then.
 */
final class StringsCheck {

    private StringsCheck() {}

    /**
     * Asks what the server has reported last; no query is sent.
     *
     * @throws RunFailed where the statement would be read otherwise than it was split
     */
    static void check(Connection connection, String file, Statement statement) throws SQLException {
        if (statement.standardStrings() == null) {
            return;
        }
        boolean on = connection.unwrap(BaseConnection.class).getStandardConformingStrings();
        if (on != statement.standardStrings()) {
            throw RunFailed.in(
                    file,
                    statement.ordinal(),
                    statement.line(),
                    Reason.UnsupportedFeature,
                    "standard_conforming_strings is " + word(on)
                            + " here, and the strings of this statement were read as" + " with " + word(!on),
                    "write SET standard_conforming_strings = " + word(on)
                            + "; on a line of its own, high up in the file");
        }
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }
}
