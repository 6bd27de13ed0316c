package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A function or procedure of the user's.
 *
 * @param signature schema, name and arguments, for people
 * @param searchPath its own, as it stands in the catalogue; null: its caller's
 * @param conflict its own {@code plpgsql.variable_conflict}; null: none
 */
record Routine(
        long oid,
        String schema,
        String name,
        String signature,
        String language,
        String body,
        Kind kind,
        boolean polymorphic,
        String searchPath,
        String conflict) {

    /** How it is called. */
    enum Kind {
        CALLED,
        TRIGGER,
        EVENT_TRIGGER
    }

    // Those of extensions are not the user's to repair; those in C have no body.
    private static final String ALL = """
            SELECT p.oid, n.nspname, p.proname,
                   n.nspname || '.' || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
                   l.lanname, coalesce(p.prosrc, ''),
                   CASE p.prorettype WHEN 'pg_catalog.trigger'::pg_catalog.regtype THEN 'TRIGGER'
                        WHEN 'pg_catalog.event_trigger'::pg_catalog.regtype THEN 'EVENT_TRIGGER' ELSE 'CALLED' END,
                   EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.oid = ANY (p.proargtypes::pg_catalog.oid[])
                           AND t.typtype = 'p'),
                   (SELECT pg_catalog.substr(c, 13) FROM pg_catalog.unnest(p.proconfig) c
                     WHERE c LIKE 'search_path=%'),
                   (SELECT pg_catalog.substr(c, 27) FROM pg_catalog.unnest(p.proconfig) c
                     WHERE c LIKE 'plpgsql.variable_conflict=%')
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
            WHERE n.nspname = ANY (?) AND p.prokind IN ('f', 'p') AND l.lanname NOT IN ('c', 'internal')
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                              AND d.objid = p.oid AND d.deptype = 'e')
            ORDER BY 4""";

    /** All of these schemas, by name. */
    static List<Routine> of(Catalogue catalogue, List<String> schemas) throws SQLException {
        return catalogue.all(ALL, Routine::read, (Object) schemas.toArray(String[]::new));
    }

    private static Routine read(ResultSet row) throws SQLException {
        return new Routine(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Kind.valueOf(row.getString(7)),
                row.getBoolean(8),
                row.getString(9),
                row.getString(10));
    }
}
