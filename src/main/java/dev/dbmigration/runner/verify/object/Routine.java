package dev.dbmigration.runner.verify.object;

import dev.dbmigration.check.FunctionCheck.Volatility;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.verify.finding.Located;
import dev.dbmigration.runner.verify.finding.ObjectName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A function or procedure as the catalogue has it.
 *
 * @param arguments types of its input arguments, canonical and without modifiers
 * @param result as {@code pg_get_function_result} prints it; null for a procedure
 */
record Routine(
        Located name,
        boolean procedure,
        List<String> arguments,
        String result,
        String language,
        Volatility volatility) {

    private static final String ROUTINES = """
            SELECT p.oid, n.nspname, p.proname, p.prokind = 'p',
                   ARRAY(SELECT pg_catalog.format_type(a.type, NULL)
                         FROM pg_catalog.unnest(p.proargtypes) WITH ORDINALITY AS a (type, n) ORDER BY a.n),
                   pg_catalog.pg_get_function_result(p.oid), l.lanname, p.provolatile
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
            WHERE p.proname = ANY (?) AND n.nspname
                  = ANY (COALESCE(?::pg_catalog.text[], pg_catalog.current_schemas(false)::pg_catalog.text[]))
            ORDER BY pg_catalog.array_position(?, p.proname::pg_catalog.text),
                     pg_catalog.array_position(COALESCE(?::pg_catalog.text[],
                         pg_catalog.current_schemas(false)::pg_catalog.text[]), n.nspname::pg_catalog.text), p.oid""";

    /** See https://www.postgresql.org/docs/current/catalog-pg-proc.html, provolatile. */
    private static final Map<String, Volatility> VOLATILITIES =
            Map.of("i", Volatility.Immutable, "s", Volatility.Stable, "v", Volatility.Volatile);

    /** All of a name, in the order in which they are meant: those of one spelling alone. */
    static List<Routine> named(Catalogue catalogue, String schema, String name) throws SQLException {
        String[] names = ObjectName.spellings(name);
        String[] schemas = schema == null ? null : ObjectName.spellings(schema);
        List<Routine> all = catalogue.all(ROUTINES, Routine::read, names, schemas, names, schemas);
        return all.stream()
                .filter(one -> one.name().name().equals(all.get(0).name().name()))
                .toList();
    }

    private static Routine read(ResultSet row) throws SQLException {
        return new Routine(
                new Located(row.getLong(1), row.getString(2), row.getString(3)),
                row.getBoolean(4),
                Catalogue.texts(row, 5),
                row.getString(6),
                row.getString(7),
                VOLATILITIES.get(row.getString(8)));
    }

    /** {@code public.total(integer, text)}. */
    String signature() {
        return name + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public String toString() {
        return (procedure ? "procedure " : "function ") + signature();
    }
}
