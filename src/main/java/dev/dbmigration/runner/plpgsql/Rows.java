package dev.dbmigration.runner.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The queries whose rows a record or cursor may hold, found while a body is read. Filled by the reader alone. */
public final class Rows {

    private final Rows outer;
    private final List<Fragment> queries = new ArrayList<>();
    private final List<Rows> others = new ArrayList<>();
    private boolean unknown;

    Rows() {
        this(null);
    }

    /** Rows of a loop's record: what is assigned to it within is assigned to the record outside, too. */
    Rows(Rows outer) {
        this.outer = outer;
    }

    /** One of these is held at any time; empty: nothing has been seen that is assigned. */
    public List<Fragment> queries() {
        return Stream.concat(queries.stream(), others.stream().flatMap(other -> other.queries().stream()))
                .toList();
    }

    /** Whether it may hold rows of another origin, such as dynamic SQL. */
    public boolean unknown() {
        return unknown || queries().isEmpty() || others.stream().anyMatch(Rows::unknown);
    }

    /** It may hold rows of this query; null: of something that is not known. */
    void from(Fragment query) {
        if (query == null) {
            unknown = true;
        } else {
            queries.add(query);
        }
        if (outer != null) {
            outer.from(query);
        }
    }

    /** It may hold what this cursor holds, also what that is opened for later on. */
    void fromCursor(Rows cursor) {
        others.add(cursor);
        if (outer != null) {
            outer.fromCursor(cursor);
        }
    }
}
