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
     * @param first SQL that takes away what it has left, each to be run outside a transaction
     * @param stays names of what it has left and this role cannot take away, which is in nobody's way
     */
    record Again(String what, List<String> first, List<String> stays) implements Finding {

        Again(String what, List<String> first) {
            this(what, first, List.of());
        }
    }

    /** It may be there, or half of it, or nothing, and running it again is no answer. */
    record Unknown(String what) implements Finding {}
}
