package dev.dbmigration.runner.snapshot;

import static dev.dbmigration.runner.snapshot.Question.object;
import static dev.dbmigration.runner.snapshot.Question.ofSchemas;
import static dev.dbmigration.runner.snapshot.Question.own;

import java.util.List;

/** What is asked of schemas, and of what lies in them beside tables. */
final class SchemaQuestions {

    private static final String HERE = "n.nspname = ANY (?) ";

    // There is a schema public in each database.
    private static final Question SCHEMA = ofSchemas(
            "schema",
            "SELECT n.nspname, '', n.nspname, "
                    + object("'name', n.nspname") + ", NULL FROM pg_catalog.pg_namespace n WHERE " + HERE
                    + "AND n.nspname <> 'public' ORDER BY 1");

    private static final Question ENUM = ofSchemas("enum", type("""
                    'labels', (SELECT pg_catalog.jsonb_agg(e.enumlabel ORDER BY e.enumsortorder)
                               FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)""", "", "", "e"));

    private static final Question DOMAIN = ofSchemas("domain", type("""
                    'type', pg_catalog.format_type(t.typbasetype, t.typtypmod), 'nullable', NOT t.typnotnull,
                    'default', coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0), '')""", "", "", "d"));

    /** A check names one condition. */
    private static final Question CONDITION = ofSchemas(
            "domain",
            type(
                    "'expression', pg_catalog.pg_get_expr(o.conbin, 0, true)",
                    " || ' check ' || o.conname",
                    " JOIN pg_catalog.pg_constraint o ON o.contypid = t.oid AND o.contype = 'c'",
                    "d"));

    // The initial ones are in each database.
    private static final Question EXTENSION = ofSchemas(
            "extension",
            "SELECT '', '', e.extname, "
                    + object("'name', e.extname, 'minVersion', e.extversion, 'schema', n.nspname") + """
            , NULL FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
            WHERE e.oid >= 16384 AND (n.nspname = ANY (?) OR n.nspname = 'pg_catalog') ORDER BY 3""");

    /** Ahead of what it fills: of a column that owns it, and of those whose default asks it. */
    private static final Question SEQUENCE = ofSchemas(
            "sequence",
            "SELECT n.nspname, coalesce(t.relname, c.relname),"
                    + " n.nspname || '.' || c.relname, "
                    + object("""
                    'schema', n.nspname, 'name', c.relname, 'type', pg_catalog.format_type(s.seqtypid, NULL),
                    'ownedBy', tn.nspname || '.' || t.relname || '.' || a.attname,
                    'ahead', CASE WHEN t.oid IS NOT NULL OR EXISTS (
                               SELECT FROM pg_catalog.pg_depend f
                               WHERE f.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND f.refobjid = c.oid)
                             THEN true END""") + """
            , NULL FROM pg_catalog.pg_sequence s
            JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_depend d
                   ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.refobjsubid > 0
                  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
            LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE\s""" + HERE + "AND " + own("pg_class", "c.oid") + " ORDER BY 1, c.relname");

    private static final Question FUNCTION = ofSchemas(
            "function",
            "SELECT n.nspname, p.proname,"
                    + " n.nspname || '.' || p.proname || '(' || pg_catalog.array_to_string(y.types, ', ') || ')', "
                    + object("""
                    'schema', n.nspname, 'name', p.proname, 'arguments', pg_catalog.to_jsonb(y.types),
                    'returns', pg_catalog.pg_get_function_result(p.oid), 'language', l.lanname,
                    'volatility', CASE p.provolatile WHEN 'i' THEN 'Immutable' WHEN 's' THEN 'Stable' ELSE 'Volatile' END""")
                    + """
            , NULL FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
            CROSS JOIN LATERAL (SELECT ARRAY(
              SELECT pg_catalog.format_type(u.type, NULL)
              FROM pg_catalog.unnest(p.proargtypes) WITH ORDINALITY AS u (type, n) ORDER BY u.n)) AS y (types)
            WHERE\s""" + HERE + "AND " + own("pg_proc", "p.oid") + " ORDER BY 1, 2, 3");

    /** In the order in which they are told, before those of tables. */
    static final List<Question> BEFORE = List.of(
            EXTENSION,
            SCHEMA,
            whole("noInvalidIndexes"),
            whole("noUnvalidatedConstraints"),
            whole("noOrphans"),
            whole("noDisabledTriggers"),
            ENUM,
            DOMAIN,
            CONDITION);

    /** The same, behind those of tables. */
    static final List<Question> BEHIND = List.of(SEQUENCE, FUNCTION);

    private SchemaQuestions() {}

    /** Of a schema that has tables. */
    private static Question whole(String kind) {
        return ofSchemas(kind, "SELECT n.nspname, '', n.nspname, " + object("'schema', n.nspname") + """
                , NULL FROM pg_catalog.pg_namespace n WHERE n.nspname = ANY (?) AND EXISTS (
                    SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'f'))
                ORDER BY 1""");
    }

    private static String type(String members, String label, String joins, String kind) {
        return "SELECT n.nspname, t.typname, n.nspname || '.' || t.typname" + label + ", "
                + object("'schema', n.nspname, 'name', t.typname, " + members)
                + ", NULL FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace" + joins
                + " WHERE " + HERE + "AND t.typtype = '" + kind + "' AND " + own("pg_type", "t.oid") + " ORDER BY 1, 3";
    }
}
