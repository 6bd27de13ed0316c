package dev.dbmigration.runner.verify.finding;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;

/** The part of a check that says whether its object shall exist at all. */
public final class Presence {

    private static final String PRESENT = "present";
    private static final String ABSENT = "absent";

    private Presence() {}

    /** A check that says nothing wants its object to exist. */
    public static boolean wanted(Boolean exists) {
        return exists == null || exists;
    }

    /** {@code present} or {@code absent}. */
    public static String words(Boolean exists) {
        return wanted(exists) ? PRESENT : ABSENT;
    }

    /** The object is there and nothing else is asked of it. */
    public static Finding found(Boolean exists, String object) {
        return Finding.of(wanted(exists), words(exists), object);
    }

    /** The object is not there; {@code expected} is all that the check says of it. */
    public static Finding missing(Boolean exists, String expected, Sought object, Catalogue catalogue)
            throws SQLException {
        return wanted(exists)
                ? Finding.of(false, expected, object.missingWithHint(catalogue))
                : absent(object, catalogue);
    }

    private static Finding absent(Sought object, Catalogue catalogue) throws SQLException {
        return object.provable(catalogue)
                ? Finding.of(true, ABSENT, object.missing(catalogue))
                : Finding.of(false, ABSENT, object.missingWithHint(catalogue));
    }
}
