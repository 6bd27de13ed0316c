package dev.dbmigration.runner.schema;

import java.util.List;

/** What is neither a relation nor part of one. Each label is as {@code pg_identify_object} would put it. */
final class ObjectQueries {

    private static final SchemaQuery SCHEMAS = new SchemaQuery("""
            SELECT 'schema', n.nspname, NULL, 'schema ' || quote_ident(n.nspname), '', NULL, false
            FROM pg_catalog.pg_namespace n WHERE users{} AND own{pg_namespace, n.oid} ORDER BY 2""");

    private static final SchemaQuery EXTENSIONS = new SchemaQuery("""
            SELECT 'extension', '', NULL, 'extension ' || quote_ident(x.extname), 'in schema ' || quote_ident(n.nspname),
              NULL, false
            FROM pg_catalog.pg_extension x JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace ORDER BY 4""");

    /** Row types and arrays come with their tables and elements. */
    private static final SchemaQuery TYPES = new SchemaQuery("""
            SELECT 'type', n.nspname, NULL, 'type ' || id{n.nspname, t.typname},
              CASE t.typtype
                WHEN 'e' THEN 'ENUM (' || coalesce((SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
                                                      FROM pg_enum l WHERE l.enumtypid = t.oid), '') || ')'
                WHEN 'c' THEN '(' || coalesce((SELECT string_agg(quote_ident(a.attname) || ' '
                                                                 || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
                                                 FROM pg_attribute a
                                                WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
                WHEN 'd' THEN 'DOMAIN ' || format_type(t.typbasetype, t.typtypmod)
                              || coalesce(' DEFAULT ' || t.typdefault, '')
                              || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
                              || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' '
                                                             || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
                                             FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '')
                WHEN 'r' THEN (SELECT 'RANGE OF ' || format_type(r.rngsubtype, NULL) FROM pg_range r WHERE r.rngtypid = t.oid)
                ELSE 'BASE ' || t.typinput::regproc::text END,
              NULL, false
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
            WHERE users{} AND own{pg_type, t.oid} AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c'
                  OR t.typtype = 'b' AND t.typcategory <> 'A')
            ORDER BY 2, 4""");

    private static final SchemaQuery FUNCTIONS = new SchemaQuery("""
            SELECT 'function', n.nspname, NULL,
              CASE p.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END
                || p.oid::regprocedure::text,
              CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid)
                   ELSE (SELECT concat_ws(', ', 'SFUNC = ' || a.aggtransfn::regproc::text,
                           'STYPE = ' || format_type(a.aggtranstype, NULL),
                           'FINALFUNC = ' || nullif(a.aggfinalfn, 0)::regproc::text,
                           'COMBINEFUNC = ' || nullif(a.aggcombinefn, 0)::regproc::text, 'INITCOND = ' || a.agginitval)
                         FROM pg_aggregate a WHERE a.aggfnoid = p.oid) END,
              NULL, false
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE users{} AND own{pg_proc, p.oid}
              AND NOT EXISTS (SELECT FROM pg_depend i
                               WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
            ORDER BY 2, 4""");

    private static final SchemaQuery STATISTICS = new SchemaQuery("""
            SELECT 'statistics', n.nspname, NULL, 'statistics ' || id{n.nspname, s.stxname},
              pg_get_statisticsobjdef(s.oid), 'table ' || s.stxrelid::regclass::text, false
            FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
            WHERE users{} AND own{pg_statistic_ext, s.oid} ORDER BY 2, 4""");

    private static final SchemaQuery OPERATORS = new SchemaQuery("""
            SELECT 'operator', n.nspname, NULL, 'operator ' || o.oid::regoperator::text,
              'FUNCTION ' || o.oprcode::regprocedure::text || ' RETURNS ' || format_type(o.oprresult, NULL), NULL, false
            FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
            WHERE users{} AND own{pg_operator, o.oid} ORDER BY 2, 4""");

    private static final SchemaQuery CASTS = new SchemaQuery("""
            SELECT 'cast', '', NULL,
              'cast (' || format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL) || ')',
              coalesce('FUNCTION ' || nullif(c.castfunc, 0)::regprocedure::text, 'method ' || c.castmethod::text)
                || ' context ' || c.castcontext::text,
              NULL, false
            FROM pg_catalog.pg_cast c WHERE c.oid >= 16384 AND own{pg_cast, c.oid} ORDER BY 4""");

    private static final SchemaQuery COLLATIONS = new SchemaQuery("""
            SELECT 'collation', n.nspname, NULL, 'collation ' || id{n.nspname, c.collname},
              concat_ws(' ', c.collprovider,
                (SELECT string_agg(each.key || '=' || each.value, ' ' ORDER BY each.key)
                   FROM jsonb_each_text(to_jsonb(c)) AS each
                  WHERE each.key IN ('collcollate', 'collctype', 'colllocale', 'colliculocale', 'collicurules',
                                     'collisdeterministic'))),
              NULL, false
            FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
            WHERE users{} AND own{pg_collation, c.oid} ORDER BY 2, 4""");

    private static final SchemaQuery TEXT_SEARCH = new SchemaQuery("""
            SELECT 'text search configuration', n.nspname, NULL, 'text search configuration ' || id{n.nspname, c.cfgname},
              'PARSER ' || p.prsname
              || coalesce((SELECT string_agg(format(' %s: %s', m.maptokentype, m.mapdict::regdictionary), ','
                                             ORDER BY m.maptokentype, m.mapseqno)
                             FROM pg_ts_config_map m WHERE m.mapcfg = c.oid), ''),
              NULL, false
            FROM pg_catalog.pg_ts_config c JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
            JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
            WHERE users{} AND own{pg_ts_config, c.oid}
            UNION ALL
            SELECT 'text search dictionary', n.nspname, NULL, 'text search dictionary ' || id{n.nspname, d.dictname},
              t.tmplname || coalesce(' ' || d.dictinitoption, ''), NULL, false
            FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
            JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
            WHERE users{} AND own{pg_ts_dict, d.oid} ORDER BY 2, 4""");

    private static final SchemaQuery SERVERS = new SchemaQuery("""
            SELECT 'foreign-data wrapper', '', NULL, 'foreign-data wrapper ' || quote_ident(w.fdwname),
              concat_ws(' ', 'HANDLER ' || nullif(w.fdwhandler, 0)::regproc::text, w.fdwoptions::text), NULL, false
            FROM pg_catalog.pg_foreign_data_wrapper w WHERE own{pg_foreign_data_wrapper, w.oid}
            UNION ALL
            SELECT 'server', '', NULL, 'server ' || quote_ident(s.srvname),
              concat_ws(' ', w.fdwname, s.srvtype, s.srvversion, s.srvoptions::text), NULL, false
            FROM pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
            WHERE own{pg_foreign_server, s.oid} ORDER BY 4""");

    private static final SchemaQuery EVENT_TRIGGERS = new SchemaQuery("""
            SELECT 'event trigger', '', NULL, 'event trigger ' || quote_ident(t.evtname),
              concat_ws(' ', 'ON', t.evtevent, t.evttags::text, 'EXECUTE', t.evtfoid::regproc::text, t.evtenabled), NULL, false
            FROM pg_catalog.pg_event_trigger t WHERE own{pg_event_trigger, t.oid} ORDER BY 4""");

    private static final SchemaQuery PUBLICATIONS = new SchemaQuery("""
            SELECT 'publication', '', NULL, 'publication ' || quote_ident(p.pubname),
              concat_ws(' ', CASE WHEN p.puballtables THEN 'FOR ALL TABLES' END,
                'FOR ' || (SELECT string_agg(r.prrelid::regclass::text, ', ' ORDER BY r.prrelid::regclass::text)
                             FROM pg_publication_rel r WHERE r.prpubid = p.oid),
                CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END), NULL, false
            FROM pg_catalog.pg_publication p ORDER BY 4""");

    private static final SchemaQuery COMMENTS = new SchemaQuery("""
            SELECT 'comment', coalesce(o.schema, ''), NULL, 'comment on ' || o.type || ' ' || o.identity, d.description,
              CASE WHEN d.objsubid > 0 THEN 'column ' || o.identity ELSE o.type || ' ' || o.identity END, false
            FROM pg_catalog.pg_description d
            CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) AS o
            WHERE d.objoid >= 16384 AND coalesce(o.schema, '') !~ '^pg_' AND o.type <> 'extension'
              AND NOT EXISTS (SELECT FROM pg_depend e
                               WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
            ORDER BY 4""");

    private ObjectQueries() {}

    static List<SchemaQuery> all() {
        return List.of(
                SCHEMAS,
                EXTENSIONS,
                TYPES,
                FUNCTIONS,
                STATISTICS,
                OPERATORS,
                CASTS,
                COLLATIONS,
                TEXT_SEARCH,
                SERVERS,
                EVENT_TRIGGERS,
                PUBLICATIONS,
                COMMENTS);
    }
}
