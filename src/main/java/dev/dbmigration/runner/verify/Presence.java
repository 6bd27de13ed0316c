package dev.dbmigration.runner.verify;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;

/** The part of a check that says whether its object shall exist at all. */
final class Presence {

    private static final String PRESENT = "present";
    private static final String ABSENT = "absent";

    private Presence() {}

    /** A check that says nothing wants its object to exist. */
    static boolean wanted(Boolean exists) {
        return exists == null || exists;
    }

    static String words(Boolean exists) {
        return wanted(exists) ? PRESENT : ABSENT;
    }

    /** The object is there and nothing else is asked of it. */
    static Finding found(Boolean exists, String object) {
        return Finding.of(wanted(exists), words(exists), object);
    }

    /** The object is not there; {@code expected} is all that the check says of it. */
    static Finding missing(Boolean exists, String expected, ObjectName object, Catalogue catalogue)
            throws SQLException {
        return wanted(exists)
                ? Finding.of(false, expected, object.missingWithHint(catalogue))
                : Finding.of(true, ABSENT, object.missing(catalogue));
    }
}
