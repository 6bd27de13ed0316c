package dev.dbmigration.runner.schema;

import java.util.List;

/** Who owns what, who may what, and what settings somebody has been given. */
final class RightQueries {

    /** Everything that has an owner and privileges, as kind, schema, relation, label, owner and what acldefault takes. */
    private static final String OWNED = """
            (SELECT n.nspname AS schema, c.relname AS relation, %s || ' ' || id{n.nspname, c.relname} AS label,
                    c.relowner AS owner, c.relacl AS acl, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS kind,
                    c.relispartition AS partition
               FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE users{} AND own{pg_class, c.oid} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
             UNION ALL
             SELECT n.nspname, NULL, 'schema ' || quote_ident(n.nspname), n.nspowner, n.nspacl, 'n', false
               FROM pg_namespace n WHERE users{} AND own{pg_namespace, n.oid}
             UNION ALL
             SELECT n.nspname, NULL,
                    CASE p.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END
                      || p.oid::regprocedure::text,
                    p.proowner, p.proacl, 'f', false
               FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
              WHERE users{} AND own{pg_proc, p.oid}
                AND NOT EXISTS (SELECT FROM pg_depend i
                                 WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
             UNION ALL
             SELECT n.nspname, NULL, 'type ' || id{n.nspname, t.typname}, t.typowner, t.typacl, 'T', false
               FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
               LEFT JOIN pg_class r ON r.oid = t.typrelid
              WHERE users{} AND own{pg_type, t.oid}
                AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND r.relkind = 'c')
             UNION ALL
             SELECT '', NULL, 'server ' || quote_ident(s.srvname), s.srvowner, s.srvacl, 'S', false
               FROM pg_foreign_server s WHERE own{pg_foreign_server, s.oid}
            ) AS o""".formatted(RelationQueries.KIND);

    private static final SchemaQuery OWNERS = new SchemaQuery("""
            SELECT 'owner', o.schema, o.relation, 'owner of ' || o.label, role{o.owner}, o.label, o.partition
            FROM\s""" + OWNED + " ORDER BY 2, 4");

    /** What belongs to an owner as such is told of its owner, whoever that is. */
    private static final SchemaQuery PRIVILEGES = new SchemaQuery("""
            SELECT 'privileges', o.schema, o.relation,
              'privileges of ' || CASE WHEN x.grantee = o.owner THEN 'the owner' ELSE role{x.grantee} END || ' on ' || o.label,
              string_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '),
              o.label, o.partition
            FROM\s""" + OWNED + """

            CROSS JOIN LATERAL aclexplode(coalesce(o.acl, acldefault(o.kind::"char", o.owner))) AS x
            GROUP BY o.schema, o.relation, o.label, o.owner, x.grantee, o.partition
            ORDER BY 2, 4""");

    private static final SchemaQuery COLUMN_PRIVILEGES = new SchemaQuery("""
            SELECT 'privileges', n.nspname, c.relname,
              'privileges of ' || role{x.grantee} || ' on column ' || id{n.nspname, c.relname} || '.' || quote_ident(a.attname),
              string_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '),
              'column ' || id{n.nspname, c.relname} || '.' || quote_ident(a.attname), c.relispartition
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            CROSS JOIN LATERAL aclexplode(a.attacl) AS x
            WHERE users{} AND own{pg_class, c.oid}
            GROUP BY n.nspname, c.relname, a.attname, x.grantee, c.relispartition ORDER BY 2, 4""");

    private static final SchemaQuery DEFAULT_PRIVILEGES = new SchemaQuery("""
            SELECT 'default privileges', coalesce(n.nspname, ''), NULL,
              'default privileges of ' || role{x.grantee} || ' on '
                || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
                                        WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END
                || ' of ' || role{d.defaclrole} || coalesce(' in schema ' || quote_ident(n.nspname), ''),
              string_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '),
              NULL, false
            FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
            CROSS JOIN LATERAL aclexplode(d.defaclacl) AS x
            GROUP BY n.nspname, x.grantee, d.defaclobjtype, d.defaclrole ORDER BY 4""");

    private static final SchemaQuery SETTINGS = new SchemaQuery("""
            SELECT 'setting', '', NULL,
              'setting ' || split_part(v, '=', 1)
                || CASE WHEN s.setrole = 0 THEN '' ELSE ' of role ' || role{s.setrole} END
                || CASE WHEN s.setdatabase = 0 THEN '' ELSE ' of the database' END,
              substr(v, strpos(v, '=') + 1), NULL, false
            FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS v
            WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) ORDER BY 4""");

    private RightQueries() {}

    static List<SchemaQuery> all() {
        return List.of(OWNERS, PRIVILEGES, COLUMN_PRIVILEGES, DEFAULT_PRIVILEGES, SETTINGS);
    }
}
