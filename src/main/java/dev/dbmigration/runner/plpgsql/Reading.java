package dev.dbmigration.runner.plpgsql;

import java.util.List;

/**
 * What a body consists of.
 *
 * @param fragments all that can be parsed by a server, in order
 * @param unreadable what cannot, such as dynamic SQL, in order
 * @param variablesFirst whether a name that is a column as well means the variable, by {@code #variable_conflict}; null: by
 *     the server's setting
 */
public record Reading(List<Fragment> fragments, List<Opaque> unreadable, Boolean variablesFirst) {

    /** Something that only a run can show; {@code line} counts from 1. */
    public record Opaque(int line, String what) {}
}
