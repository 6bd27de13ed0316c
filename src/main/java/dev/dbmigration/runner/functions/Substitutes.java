package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.functions.Substitutes.Substitute.Trust;
import dev.dbmigration.runner.plpgsql.Fragment;
import dev.dbmigration.runner.plpgsql.Names;
import dev.dbmigration.runner.plpgsql.Names.Found;
import dev.dbmigration.runner.plpgsql.Rows;
import dev.dbmigration.runner.plpgsql.Variable;
import dev.dbmigration.runner.plpgsql.Variable.Alias;
import dev.dbmigration.runner.plpgsql.Variable.Cursor;
import dev.dbmigration.runner.plpgsql.Variable.Like;
import dev.dbmigration.runner.plpgsql.Variable.Row;
import dev.dbmigration.runner.plpgsql.Variable.Typed;
import dev.dbmigration.runner.plpgsql.Variable.Unknown;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands in SQL for a variable of PL/pgSQL, so that the server knows its type. */
final class Substitutes {

    private final Types types;
    private final Columns columns;
    private final Set<Fragment> underWay = new HashSet<>();

    /**
     * The rows that a query gives.
     *
     * @param unnamed variables in it: where one is a column, the column has lost its name
     */
    record Shape(List<ServerParser.Column> columns, Set<String> unnamed) {

        Optional<ServerParser.Column> column(String name) {
            return columns.stream().filter(one -> one.name().equals(name)).findFirst();
        }
    }

    /** Tells the rows that a query gives; empty: not known. */
    interface Columns {
        Optional<Shape> of(Fragment query) throws SQLException;
    }

    /**
     * SQL for a variable.
     *
     * @param used how many parts of the name it stands for
     * @param why what is missing, or why it is not known; empty where it is
     */
    record Substitute(String sql, int used, Trust trust, String why) {

        /** How far what the server then says can be believed. */
        enum Trust {
            /** The type is right. */
            FULL,
            /** The type is that of a record, whose columns the server is not told. */
            ROW,
            /** Nothing is known of the type. */
            NONE,
            /** There is no such thing. */
            MISSING
        }
    }

    Substitutes(Types types, Columns columns) {
        this.types = types;
        this.columns = columns;
    }

    /** What stands for the variable that this dotted name begins with; empty: it names none. */
    Optional<Substitute> of(List<String> name, Names names) throws SQLException {
        Optional<Found> found = names.find(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(of(found.get(), name));
    }

    private Substitute of(Found found, List<String> name) throws SQLException {
        Variable variable = found.variable();
        int used = found.used();
        if (variable instanceof Typed typed) {
            return known(typed.type(), used);
        }
        if (variable instanceof Like like) {
            return like(like, used);
        }
        if (variable instanceof Cursor) {
            return known("pg_catalog.refcursor", used);
        }
        if (variable instanceof Alias alias) {
            return alias(alias, found, name);
        }
        if (variable instanceof Row row) {
            return used == name.size()
                    ? new Substitute(cast("pg_catalog.record"), used, Trust.ROW, "")
                    : field(row.rows(), name, used);
        }
        return unknown(used, ((Unknown) variable).why());
    }

    private Substitute alias(Alias alias, Found found, List<String> name) throws SQLException {
        List<String> meant = new ArrayList<>(alias.name());
        meant.addAll(name.subList(found.used(), name.size()));
        int more = found.used() - alias.name().size();
        Optional<Substitute> other = of(meant, alias.names());
        return other.isEmpty()
                ? unknown(found.used(), "an alias of nothing known")
                : new Substitute(
                        other.get().sql(),
                        other.get().used() + more,
                        other.get().trust(),
                        other.get().why());
    }

    private Substitute like(Like like, int used) throws SQLException {
        Optional<String> type = types.like(like);
        if (type.isEmpty()) {
            String written = String.join(".", like.name());
            return new Substitute("", used, Trust.MISSING, "there is no " + written + " for " + written + "%TYPE");
        }
        return type.get().isEmpty() ? unknown(used, "the type of a record") : known(type.get(), used);
    }

    /** A field of a record, which is there if one of the queries that may have been assigned gives it. */
    private Substitute field(Rows rows, List<String> name, int used) throws SQLException {
        String record = name.get(used - 1);
        String field = name.get(used);
        if (rows.unknown()) {
            return unknown(used + 1, "record " + record + " is not only filled by queries that can be read");
        }
        Set<String> found = new HashSet<>();
        for (Fragment query : rows.queries()) {
            Optional<Shape> shape = shape(query);
            if (shape.isEmpty() || shape.get().unnamed().contains(field)) {
                return unknown(used + 1, "the columns of record " + record + " are not known");
            }
            Optional<ServerParser.Column> column = shape.get().column(field);
            if (column.isPresent()) {
                found.add(types.name(column.get().type()));
            }
        }
        return ofTypes(found, used + 1, "record \"" + record + "\" has no field \"" + field + '"');
    }

    private Substitute ofTypes(Set<String> found, int used, String missing) {
        return switch (found.size()) {
            case 0 -> new Substitute("", used, Trust.MISSING, missing);
            case 1 -> known(found.iterator().next(), used);
            default -> unknown(used, "a field has another type in another query");
        };
    }

    /** A query may use the very record that it is assigned to. */
    private Optional<Shape> shape(Fragment query) throws SQLException {
        if (!underWay.add(query)) {
            return Optional.empty();
        }
        try {
            return columns.of(query);
        } finally {
            underWay.remove(query);
        }
    }

    private static Substitute known(String type, int used) {
        return new Substitute(cast(type), used, Trust.FULL, "");
    }

    private static Substitute unknown(int used, String why) {
        return new Substitute("NULL", used, Trust.NONE, why);
    }

    private static String cast(String type) {
        // Line breaks would shift the lines of what follows.
        return "(CAST(NULL AS " + type.replaceAll("\\s+", " ") + "))";
    }
}
