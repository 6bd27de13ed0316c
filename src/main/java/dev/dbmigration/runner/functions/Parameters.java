package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.plpgsql.Names;
import dev.dbmigration.runner.plpgsql.Variable;
import dev.dbmigration.runner.plpgsql.Variable.Typed;
import dev.dbmigration.runner.plpgsql.Variable.Unknown;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The names that a body begins with: parameters, FOUND, and what a trigger is told. */
final class Parameters {

    /** In the order of their positions; those of OUT and TABLE have none. Types as the search_path of now names them. */
    private static final String OF_FUNCTION = """
            SELECT p.proargnames[a.n::pg_catalog.int4], pg_catalog.format_type(a.type, NULL),
                   t.typtype = 'p', coalesce(p.proargmodes[a.n::pg_catalog.int4], 'i') IN ('i', 'b', 'v')
            FROM pg_catalog.pg_proc p
            CROSS JOIN LATERAL pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::pg_catalog.oid[]))
                 WITH ORDINALITY AS a (type, n)
            JOIN pg_catalog.pg_type t ON t.oid = a.type
            WHERE p.oid = ?::pg_catalog.oid ORDER BY a.n""";

    private static final Map<String, String> OF_TRIGGER = new TreeMap<>(Map.of(
            "tg_name", "name",
            "tg_when", "text",
            "tg_level", "text",
            "tg_op", "text",
            "tg_relid", "oid",
            "tg_relname", "name",
            "tg_table_name", "name",
            "tg_table_schema", "name",
            "tg_nargs", "int4",
            "tg_argv", "text[]"));

    private record Parameter(String name, String type, boolean pseudo, boolean positional) {

        Variable variable() {
            return pseudo ? new Unknown("a parameter of type " + type) : new Typed(type);
        }
    }

    private Parameters() {}

    /** {@code table}: whose trigger calls it; null: none does. */
    static Names of(Catalogue catalogue, Routine routine, TriggerTable table) throws SQLException {
        Names names = Names.ofFunction(routine.name()).with("found", new Typed("pg_catalog.bool"));
        int position = 1;
        for (Parameter parameter : read(catalogue, routine)) {
            if (parameter.positional()) {
                names = names.with("$" + position++, parameter.variable());
            }
            if (parameter.name() != null && !parameter.name().isEmpty()) {
                names = names.with(parameter.name(), parameter.variable());
            }
        }
        return switch (routine.kind()) {
            case CALLED -> names;
            case TRIGGER -> ofTrigger(names, table);
            case EVENT_TRIGGER ->
                names.with("tg_event", new Typed("pg_catalog.text")).with("tg_tag", new Typed("pg_catalog.text"));
        };
    }

    private static List<Parameter> read(Catalogue catalogue, Routine routine) throws SQLException {
        return catalogue.all(
                OF_FUNCTION,
                row -> new Parameter(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
                routine.oid());
    }

    private static Names ofTrigger(Names function, TriggerTable table) {
        Variable row = table == null ? new Unknown("no trigger calls it") : new Typed(table.quoted());
        Names names = function.with("new", row).with("old", row);
        for (Map.Entry<String, String> each : OF_TRIGGER.entrySet()) {
            names = names.with(each.getKey(), new Typed("pg_catalog." + each.getValue()));
        }
        return names;
    }
}
