package dev.dbmigration.check;

import java.util.Optional;

/** A kind of check that is complete only under a rule of its own, which its definition says in CEL. */
public interface Ruled {

    /** What is to be done to complete it, such as {@code set name or type}; empty: it is complete. */
    Optional<String> problem();
}
