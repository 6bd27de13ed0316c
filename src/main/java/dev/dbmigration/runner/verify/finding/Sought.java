package dev.dbmigration.runner.verify.finding;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.Optional;

/** An object of the catalogue that a check names: the way to it, and words for its absence. */
public interface Sought {

    /** The object, if it is there. */
    Optional<Located> locate(Catalogue catalogue) throws SQLException;

    /** That it is not there, in words. */
    String missing(Catalogue catalogue) throws SQLException;

    /** The same, with what may have been meant. */
    String missingWithHint(Catalogue catalogue) throws SQLException;

    /** Whether its absence proves anything: of a table that is not there nothing is proved, the name may be wrong. */
    default boolean provable(Catalogue catalogue) throws SQLException {
        return true;
    }

    /** What it is called once it is found, such as {@code index public.one_per_visit}. */
    String described(Located object);
}
