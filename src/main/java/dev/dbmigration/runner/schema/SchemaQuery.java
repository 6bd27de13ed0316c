package dev.dbmigration.runner.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query for objects of some kinds, with a few words for what all of them ask: {@code id{schema, name}} is a qualified
 * name, {@code role{oid}} the name of a role, {@code users{}} keeps to schemas of users, {@code own{catalogue, oid}}
 * leaves out what an extension has made, and {@code which{}} is the place of a further condition.
 *
 * <p>Each answers kind, schema, relation, label, definition, parent and whether it is part of a partition.
 */
record SchemaQuery(String text) {

    /** Stands around the name of a role, and occurs in no definition. */
    static final char ROLE_MARK = '\u0001';

    private static final Pattern ID = Pattern.compile("id\\{([^,}]+), ([^}]+)}");
    private static final Pattern ROLE = Pattern.compile("role\\{([^}]+)}");
    private static final Pattern OWN = Pattern.compile("own\\{([^,}]+), ([^}]+)}");

    /** Schemas of users. */
    static final String USERS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

    /** The query with {@code condition} in its place, and {@code schemas} in that of users' schemas. */
    String where(String condition, String schemas) {
        String sql = text.replace("users{}", schemas).replace("which{}", condition);
        sql = replaced(ID, sql, "pg_catalog.quote_ident($1) || '.' || pg_catalog.quote_ident($2)");
        sql = replaced(
                ROLE,
                sql,
                "(CASE WHEN $1 = 0 THEN 'PUBLIC' ELSE pg_catalog.chr(1) || pg_catalog.pg_get_userbyid($1)"
                        + " || pg_catalog.chr(1) END)");
        return replaced(
                OWN,
                sql,
                "NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.$1'::regclass"
                        + " AND e.objid = $2 AND e.deptype = 'e')");
    }

    private static String replaced(Pattern pattern, String sql, String by) {
        Matcher matcher = pattern.matcher(sql);
        return matcher.replaceAll(by);
    }
}
