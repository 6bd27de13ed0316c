package dev.dbmigration.runner.plpgsql;

import dev.dbmigration.runner.plpgsql.Fragment.Kind;
import dev.dbmigration.runner.plpgsql.Reading.Opaque;
import dev.dbmigration.runner.plpgsql.Source.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What has been read of a body so far. */
final class Collected {

    private final List<Fragment> fragments = new ArrayList<>();
    private final List<Opaque> opaque = new ArrayList<>();
    private Boolean variablesFirst;

    /** A value, if something stands there. */
    void expression(Piece piece, Names names) {
        if (!piece.isEmpty()) {
            add(Kind.EXPRESSION, "SELECT " + piece.text(), piece.line(), names);
        }
    }

    Fragment statement(String sql, int line, Names names) {
        return add(Kind.STATEMENT, sql, line, names);
    }

    void call(Piece piece, Names names) {
        add(Kind.CALL, piece.text(), piece.line(), names);
    }

    /** The arguments of a cursor up to the parenthesis that ends them; each may have a name before it. */
    void arguments(Source source, Names names) {
        do {
            if (source.seesName() && (source.seesBehind(1, ":=") || source.seesBehind(1, "=>"))) {
                source.skip();
                source.skip();
            }
            expression(source.upTo(Set.of(",", ")")), names);
        } while (source.take(","));
        source.expect(")");
    }

    void opaque(int line, String what) {
        opaque.add(new Opaque(line, what));
    }

    void variablesFirst(boolean first) {
        variablesFirst = first;
    }

    int size() {
        return fragments.size();
    }

    /** The fragments from one index to another stand in a block that handles these conditions. */
    void expect(int from, int to, Set<String> conditions) {
        fragments.subList(from, to).replaceAll(fragment -> fragment.expecting(conditions));
    }

    Reading reading() {
        return new Reading(List.copyOf(fragments), List.copyOf(opaque), variablesFirst);
    }

    private Fragment add(Kind kind, String sql, int line, Names names) {
        Fragment fragment = new Fragment(kind, sql, line, names);
        fragments.add(fragment);
        return fragment;
    }
}
