package dev.dbmigration.runner.snapshot;

import static dev.dbmigration.runner.snapshot.Question.object;
import static dev.dbmigration.runner.snapshot.Question.ofRelations;

import java.util.List;

/** What is asked of tables and of what belongs to them. */
final class TableQuestions {

    private static final String TABLES = "AND c.relkind IN ('r', 'p', 'f') ";

    private static final Question TABLE =
            ofRelations("table", "n.nspname || '.' || c.relname, " + object("""
                            'schema', n.nspname, 'name', c.relname, 'rowSecurity', c.relrowsecurity,
                            'partitionBy', pg_catalog.pg_get_partkeydef(c.oid),
                            'exactColumns', coalesce((SELECT pg_catalog.jsonb_agg(a.attname ORDER BY a.attnum)
                              FROM pg_catalog.pg_attribute a
                              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]')""") + """
                    , (SELECT pg_catalog.count(*) || ' partitions are not described'
                       FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhrelid
                       WHERE i.inhparent = c.oid AND p.relispartition HAVING pg_catalog.count(*) > 0)""", "", TABLES + "ORDER BY 1, 2");

    private static final Question COLUMN = ofRelations(
            "column",
            "n.nspname || '.' || c.relname || '.' || a.attname, "
                    + object("""
                            'schema', n.nspname, 'table', c.relname, 'name', a.attname,
                            'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
                            'nullable', CASE WHEN o.oid IS NULL THEN NOT (a.attnotnull OR t.typnotnull) END,
                            'default', CASE WHEN a.attgenerated = '' AND a.attidentity = ''
                                            THEN coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), '') END,
                            'identity', CASE a.attidentity WHEN 'a' THEN 'Always' WHEN 'd' THEN 'ByDefault' END,
                            'generated', CASE a.attgenerated WHEN 's' THEN 'Stored' WHEN 'v' THEN 'Virtual' END,
                            'expression', CASE WHEN a.attgenerated <> ''
                                               THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) END,
                            'collation', CASE WHEN a.attcollation <> t.typcollation THEN l.collname END""")
                    + ", 'its NOT NULL ' || o.conname || ' is NOT VALID: ALTER TABLE … VALIDATE CONSTRAINT'",
            """
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
            LEFT JOIN pg_catalog.pg_constraint o
                   ON o.conrelid = c.oid AND o.contype = 'n' AND o.conkey[1] = a.attnum AND NOT o.convalidated
            """,
            TABLES + "ORDER BY 1, 2, a.attnum");

    // conenforced came with 18, hence the way through JSON; a NOT NULL is told with its column.
    private static final Question CONSTRAINT = ofRelations(
            "constraint",
            "n.nspname || '.' || c.relname || '.' || o.conname, "
                    + object("'schema', n.nspname, 'table', c.relname, 'name', o.conname,"
                            + " 'type', CASE o.contype WHEN 'p' THEN 'PrimaryKey' WHEN 'u' THEN 'Unique' WHEN 'c' THEN 'Check'"
                            + " WHEN 'f' THEN 'ForeignKey' ELSE 'Exclusion' END,"
                            + " 'columns', CASE WHEN o.contype IN ('p', 'u', 'f') THEN "
                            + columns("o.conrelid", "o.conkey") + " END,"
                            + " 'references', fn.nspname || '.' || f.relname,"
                            + " 'referencedColumns', " + columns("o.confrelid", "o.confkey") + ","
                            + " 'onDelete', " + action("o.confdeltype") + ", 'onUpdate', " + action("o.confupdtype")
                            + ", " + """
                            'expression', CASE WHEN o.contype = 'c'
                                               THEN pg_catalog.pg_get_expr(o.conbin, o.conrelid, true) END,
                            'definition', CASE WHEN o.contype = 'x' THEN pg_catalog.pg_get_constraintdef(o.oid, true) END,
                            'validated', CASE WHEN o.contype IN ('c', 'f') AND o.convalidated THEN true END,
                            'enforced', CASE WHEN NOT e.enforced THEN false END""")
                    + """
                    , CASE WHEN NOT o.convalidated AND e.enforced
                           THEN 'it is NOT VALID: ALTER TABLE … VALIDATE CONSTRAINT' END""",
            """
            JOIN pg_catalog.pg_constraint o
              ON o.conrelid = c.oid AND o.conparentid = 0 AND o.contype IN ('p', 'u', 'c', 'f', 'x')
            CROSS JOIN LATERAL (SELECT coalesce(pg_catalog.to_jsonb(o) ->> 'conenforced', 'true') = 'true') AS e (enforced)
            LEFT JOIN pg_catalog.pg_class f ON f.oid = o.confrelid
            LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
            """,
            "ORDER BY 1, 2, o.conname");

    // One that belongs to a constraint is told with it. indkey counts from 0 and holds 0 for an expression.
    private static final Question INDEX = ofRelations(
            "index",
            "n.nspname || '.' || x.relname, CASE WHEN i.indisvalid THEN "
                    + object("""
                            'schema', n.nspname, 'name', x.relname, 'table', c.relname, 'unique', i.indisunique,
                            'valid', true, 'method', m.amname,
                            'predicate', pg_catalog.pg_get_expr(i.indpred, i.indrelid, true),
                            'columns', (SELECT pg_catalog.jsonb_agg(coalesce(a.attname::pg_catalog.text,
                                          pg_catalog.pg_get_indexdef(i.indexrelid, k.n, false)) ORDER BY k.n)
                              FROM pg_catalog.generate_series(1, i.indnkeyatts::integer) AS k (n)
                              LEFT JOIN pg_catalog.pg_attribute a
                                     ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.n - 1] AND a.attnum <> 0),
                            'include', (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY k.n)
                              FROM pg_catalog.generate_series(i.indnkeyatts + 1, i.indnatts::integer) AS k (n)
                              JOIN pg_catalog.pg_attribute a
                                ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.n - 1])""")
                    + " END, CASE WHEN NOT i.indisvalid THEN 'it is INVALID: REINDEX it, or drop it' END",
            """
            JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
            JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
            JOIN pg_catalog.pg_am m ON m.oid = x.relam
            """,
            """
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint o
                            WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
            ORDER BY 1, 2, x.relname""");

    // The bits of tgtype are those of src/include/catalog/pg_trigger.h of PostgreSQL.
    private static final Question TRIGGER = ofRelations(
            "trigger",
            "n.nspname || '.' || c.relname || '.' || t.tgname, "
                    + object("""
                            'schema', n.nspname, 'table', c.relname, 'name', t.tgname,
                            'timing', CASE WHEN t.tgtype & 64 <> 0 THEN 'InsteadOf' WHEN t.tgtype & 2 <> 0 THEN 'Before'
                                           ELSE 'After' END,
                            'events', (SELECT pg_catalog.jsonb_agg(e.word ORDER BY e.bit)
                              FROM (VALUES (4, 'Insert'), (8, 'Delete'), (16, 'Update'), (32, 'Truncate')) AS e (bit, word)
                              WHERE t.tgtype & e.bit <> 0),
                            'level', CASE WHEN t.tgtype & 1 <> 0 THEN 'Row' ELSE 'Statement' END,
                            'function', pn.nspname || '.' || p.proname,
                            'enabled', CASE WHEN t.tgenabled <> 'D' THEN t.tgenabled <> 'R' END""")
                    + ", CASE WHEN t.tgenabled = 'D' THEN 'it is disabled: ALTER TABLE … ENABLE TRIGGER' END",
            """
            JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
            JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace
            """,
            "ORDER BY 1, 2, t.tgname");

    private static final Question POLICY = ofRelations(
            "policy",
            "n.nspname || '.' || c.relname || '.' || p.polname, " + object("""
                            'schema', n.nspname, 'table', c.relname, 'name', p.polname, 'permissive', p.polpermissive,
                            'command', CASE p.polcmd WHEN 'r' THEN 'Select' WHEN 'a' THEN 'Insert' WHEN 'w' THEN 'Update'
                                                     WHEN 'd' THEN 'Delete' ELSE 'All' END,
                            'roles', (SELECT pg_catalog.jsonb_agg(r.word ORDER BY r.word)
                              FROM (SELECT CASE WHEN u.role = 0 THEN 'public'
                                                ELSE pg_catalog.pg_get_userbyid(u.role)::pg_catalog.text END
                                    FROM pg_catalog.unnest(p.polroles) AS u (role)) AS r (word)),
                            'using', CASE WHEN p.polcmd <> 'a'
                                          THEN coalesce(pg_catalog.pg_get_expr(p.polqual, p.polrelid, true), '') END,
                            'withCheck', CASE WHEN p.polcmd NOT IN ('r', 'd')
                                              THEN coalesce(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid, true), '') END""") + ", NULL",
            "JOIN pg_catalog.pg_policy p ON p.polrelid = c.oid",
            "ORDER BY 1, 2, p.polname");

    private static final Question VIEW = ofRelations(
            "view",
            "n.nspname || '.' || c.relname, "
                    + object("""
                            'schema', n.nspname, 'name', c.relname, 'materialized', c.relkind = 'm',
                            'populated', CASE WHEN c.relkind = 'm' AND c.relispopulated THEN true END,
                            'columns', (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY a.attnum)
                              FROM pg_catalog.pg_attribute a
                              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)""")
                    + ", CASE WHEN NOT c.relispopulated THEN 'it is not populated: REFRESH MATERIALIZED VIEW' END",
            "",
            "AND c.relkind IN ('v', 'm') ORDER BY 1, 2");

    /** In the order in which they are told. */
    static final List<Question> ALL = List.of(TABLE, VIEW, COLUMN, CONSTRAINT, INDEX, TRIGGER, POLICY);

    private TableQuestions() {}

    private static String columns(String table, String numbers) {
        return """
                (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY k.n)
                 FROM pg_catalog.unnest(%s) WITH ORDINALITY AS k (number, n)
                 JOIN pg_catalog.pg_attribute a ON a.attrelid = %s AND a.attnum = k.number)""".formatted(numbers, table);
    }

    private static String action(String letter) {
        return "CASE WHEN o.contype = 'f' THEN CASE " + letter + " WHEN 'r' THEN 'Restrict' WHEN 'c' THEN 'Cascade'"
                + " WHEN 'n' THEN 'SetNull' WHEN 'd' THEN 'SetDefault' ELSE 'NoAction' END END";
    }
}
