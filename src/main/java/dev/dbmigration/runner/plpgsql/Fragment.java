package dev.dbmigration.runner.plpgsql;

import java.util.HashSet;
import java.util.Set;

/**
 * A statement or expression of a body as SQL that a server can parse, but for its variables, which still stand in it by
 * name.
 *
 * @param sql without INTO and its targets; line breaks are where they were
 * @param line the line of the body on which {@code sql} begins, from 1
 * @param names what its variables are
 * @param expected conditions of class 42 that a handler around it names, so that its author expects them
 */
public record Fragment(Kind kind, String sql, int line, Names names, Set<String> expected) {

    /** How it may be parsed. */
    public enum Kind {
        /** A value: {@code SELECT} and what stood there. */
        EXPRESSION,
        /** A statement that can be prepared. */
        STATEMENT,
        /** A CALL, in whose arguments no query may stand. */
        CALL
    }

    Fragment(Kind kind, String sql, int line, Names names) {
        this(kind, sql, line, names, Set.of());
    }

    Fragment expecting(Set<String> conditions) {
        Set<String> all = new HashSet<>(expected);
        all.addAll(conditions);
        return new Fragment(kind, sql, line, names, Set.copyOf(all));
    }
}
