package dev.dbmigration.runner;

import dev.dbmigration.testing.Database;

/** What a database holds, as lines of text that are equal where two databases are: its schema public and the ledger. */
final class Facts {

    private static final String SCHEMA = """
            SELECT format('relation %s of kind %s, populated %s', c.oid::regclass, relkind, relispopulated) AS fact
              FROM pg_class c WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('column %s.%s: %s, not null %s, default %s', c.oid::regclass, attname,
                          format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid))
              FROM pg_class c JOIN pg_attribute ON attrelid = c.oid
              LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
             WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT format('index %s, valid %s, ready %s, live %s', pg_get_indexdef(indexrelid), indisvalid, indisready,
                          indislive)
              FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('an INVALID index in %s', relnamespace::regnamespace)
              FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE NOT indisvalid
            UNION ALL
            SELECT format('constraint %s of %s: %s, validated %s', conname, conrelid::regclass,
                          pg_get_constraintdef(oid), convalidated)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('partition %s of %s, detaching %s', inhrelid::regclass, inhparent::regclass,
                          to_jsonb(i) ->> 'inhdetachpending')
              FROM pg_inherits i
            UNION ALL
            SELECT format('enum %s: %s', enumtypid::regtype, string_agg(enumlabel, ' ' ORDER BY enumsortorder))
              FROM pg_enum GROUP BY enumtypid
            UNION ALL
            SELECT format('setting %s = %s', name, setting)
              FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'
            UNION ALL
            SELECT format('applied %s %s %s %s', scope, version, checksum, outcome) FROM dbmigration.migrations
            """;

    private static final String ROWS = """
            SELECT string_agg(
                       format('SELECT %L || x::text AS fact FROM %s x', 'row of ' || c.oid::regclass || ': ', c.oid::regclass),
                       ' UNION ALL ')
              FROM pg_class c
             WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace
                OR relname = 'steps' AND relnamespace = to_regnamespace('dbmigration')
            """;

    private Facts() {}

    /** Of a database to which something has been applied. */
    static String of(Database database) {
        String rows = database.query(ROWS);
        return database.query("SELECT string_agg(fact, E'\\n' ORDER BY fact COLLATE \"C\") FROM (" + SCHEMA
                + " UNION ALL " + rows + ") AS facts");
    }
}
