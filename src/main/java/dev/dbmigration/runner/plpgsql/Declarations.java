package dev.dbmigration.runner.plpgsql;

import dev.dbmigration.runner.plpgsql.Source.Piece;
import dev.dbmigration.runner.plpgsql.Variable.Alias;
import dev.dbmigration.runner.plpgsql.Variable.Cursor;
import dev.dbmigration.runner.plpgsql.Variable.Like;
import dev.dbmigration.runner.plpgsql.Variable.Row;
import dev.dbmigration.runner.plpgsql.Variable.Typed;
import dev.dbmigration.runner.plpgsql.Variable.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands between DECLARE and BEGIN. */
final class Declarations {

    private static final Set<String> END_OF_TYPE = Set.of(";", ":=", "=", "DEFAULT", "NOT", "COLLATE");
    private static final Set<String> END_OF_COLLATION = Set.of(";", ":=", "=", "DEFAULT", "NOT");
    private static final Pattern TYPE_OF =
            Pattern.compile("(.+?)\\s*%\\s*TYPE", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ROW_OF =
            Pattern.compile("(.+?)\\s*%\\s*ROWTYPE", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Source source;
    private final Collected collected;

    Declarations(Source source, Collected collected) {
        this.source = source;
        this.collected = collected;
    }

    /** Reads up to BEGIN or the next DECLARE, and gives the names as they are then. */
    Names read(Names outer) {
        Names names = outer;
        while (!source.sees("BEGIN") && !source.sees("DECLARE")) {
            names = declaration(names);
            source.expect(";");
        }
        return names;
    }

    private Names declaration(Names names) {
        String name = source.name();
        if (source.take("ALIAS", "FOR")) {
            return names.with(name, alias(names));
        }
        boolean scrolls = source.take("NO", "SCROLL") || source.take("SCROLL");
        if (source.take("CURSOR")) {
            return names.with(name, cursor(names));
        }
        if (scrolls) {
            throw source.unreadable("CURSOR expected");
        }
        return variable(names, name);
    }

    private Variable alias(Names names) {
        if (!source.take("$")) {
            return new Alias(source.dottedName(), names);
        }
        int from = source.mark();
        source.skip();
        return new Alias(List.of("$" + source.since(from).text()), names);
    }

    private Variable cursor(Names names) {
        Names within = names.within(null);
        if (source.take("(")) {
            do {
                String parameter = source.name();
                within = within.with(parameter, typed(source.upTo(Set.of(",", ")")), names));
            } while (source.take(","));
            source.expect(")");
        }
        if (!source.take("FOR") && !source.take("IS")) {
            throw source.unreadable("FOR expected");
        }
        Piece query = source.upTo(Set.of(";"));
        Rows rows = new Rows();
        rows.from(collected.statement(query.text(), query.line(), within));
        return new Cursor(rows);
    }

    private Names variable(Names names, String name) {
        source.take("CONSTANT");
        Piece type = source.upTo(END_OF_TYPE);
        Variable variable = typed(type, names);
        if (source.take("COLLATE")) {
            source.upTo(END_OF_COLLATION);
        }
        source.take("NOT", "NULL");
        boolean assigned = source.take(":=") || source.take("=") || source.take("DEFAULT");
        if (assigned) {
            collected.expression(source.upTo(Set.of(";")), names);
            Targets.assigned(variable);
        }
        Names more = names.with(name, variable);
        if (variable instanceof Typed || variable instanceof Like) {
            // Its type must be there even if it is never used.
            collected.expression(new Piece(Identifiers.quoted(name), type.line()), more);
        }
        return more;
    }

    /** A type as it is written in a declaration. */
    private static Variable typed(Piece piece, Names names) {
        String type = piece.text();
        Matcher row = ROW_OF.matcher(type);
        Matcher like = TYPE_OF.matcher(type);
        if (type.equalsIgnoreCase("record")) {
            return new Row(new Rows());
        }
        if (type.equalsIgnoreCase("refcursor") || type.equalsIgnoreCase("pg_catalog.refcursor")) {
            return new Cursor(new Rows());
        }
        if (row.matches()) {
            return new Typed(row.group(1));
        }
        return like.matches() ? like(like.group(1), names) : array(type);
    }

    private static Variable like(String written, Names names) {
        Identifiers.Dotted dotted = Identifiers.at(written, 0);
        boolean whole = dotted != null && dotted.end() == written.length();
        return whole ? new Like(new ArrayList<>(dotted.parts()), names) : new Unknown("type " + written + "%TYPE");
    }

    /** {@code t.c%TYPE[]} came with PostgreSQL 17; what it is an array of is not looked up. */
    private static Variable array(String type) {
        return type.contains("%") ? new Unknown("type " + type) : new Typed(type);
    }
}
