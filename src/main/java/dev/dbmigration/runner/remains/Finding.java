package dev.dbmigration.runner.remains;

import java.util.List;

/** What was found of a statement whose end nobody saw. */
public sealed interface Finding {

    /** For the log. */
    String what();

    /**
     * It is in the database as a whole.
     *
     * @param then SQL that completes it, each to be run outside a transaction
     */
    record Done(String what, List<String> then) implements Finding {}

    /**
     * It may run once more.
     *
     * @param first SQL that takes away what is in its way, each to be run outside a transaction
     */
    record Again(String what, List<String> first) implements Finding {}

    /** It may be there, or half of it, or nothing, and running it again is no answer. */
    record Unknown(String what) implements Finding {}
}
