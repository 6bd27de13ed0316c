package dev.dbmigration.runner.plpgsql;

import dev.dbmigration.runner.plpgsql.Names.Found;
import dev.dbmigration.runner.plpgsql.Source.Piece;
import dev.dbmigration.runner.plpgsql.Variable.Alias;
import dev.dbmigration.runner.plpgsql.Variable.Cursor;
import dev.dbmigration.runner.plpgsql.Variable.Row;
import java.util.List;
import java.util.Optional;

/** Reads variables that are assigned to, and notes what a record then holds. */
final class Targets {

    private final Source source;
    private final Collected collected;

    Targets(Source source, Collected collected) {
        this.source = source;
        this.collected = collected;
    }

    /** Names with commas between them; each with a point in it must have that field. */
    void read(Names names, Fragment query) {
        do {
            int from = source.mark();
            List<String> name = source.dottedName();
            if (name.size() > 1) {
                collected.expression(source.since(from), names);
            }
            assign(names, name, query);
        } while (source.take(","));
    }

    /** A record of this name then holds rows of this query; null: of something that is not known. */
    void assign(Names names, List<String> name, Fragment query) {
        rows(names, name).ifPresent(rows -> rows.from(query));
    }

    /** The rows of the record or cursor that this whole name means. */
    static Optional<Rows> rows(Names names, List<String> name) {
        Optional<Found> found = names.find(name);
        if (found.isEmpty() || found.get().used() != name.size()) {
            return Optional.empty();
        }
        Variable variable = found.get().variable();
        if (variable instanceof Alias alias) {
            return rows(alias.names(), alias.name());
        }
        return Optional.ofNullable(rowsOf(variable));
    }

    /** Something is assigned that is no query. */
    static void assigned(Variable variable) {
        Rows rows = rowsOf(variable);
        if (rows != null) {
            rows.from((Fragment) null);
        }
    }

    /** Each record or cursor that this text may hand to a procedure, which may assign to it. */
    void handed(Piece piece, Names names) {
        for (int i = 0; i < piece.text().length(); i++) {
            Identifiers.Dotted name = Identifiers.at(piece.text(), i);
            if (name != null) {
                rows(names, name.parts()).ifPresent(rows -> rows.from((Fragment) null));
                i = name.end();
            }
        }
    }

    private static Rows rowsOf(Variable variable) {
        return variable instanceof Row row ? row.rows() : variable instanceof Cursor cursor ? cursor.rows() : null;
    }
}
