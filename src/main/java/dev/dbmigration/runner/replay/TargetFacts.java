package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.List;

/**
 * What of a database was there before its files, as far as they are read or behave by it: to be copied before a replay.
 *
 * @param version major version of the server
 * @param name of the database
 * @param user who has logged in
 * @param role whom that user has become, or the user
 * @param creation options of CREATE DATABASE: encoding and locale
 * @param roles names of all roles but the system's
 * @param extensions with their schemas
 * @param defaultPrivileges as statements, each with the schema it concerns
 * @param settings of the database and of roles
 */
record TargetFacts(
        int version,
        String name,
        String user,
        String role,
        String creation,
        List<String> roles,
        List<Extension> extensions,
        List<DefaultPrivilege> defaultPrivileges,
        List<Setting> settings) {

    /** An extension and where it lies. */
    record Extension(String name, String schema) {}

    /** {@code schema}: empty, for all of them. */
    record DefaultPrivilege(String schema, String statement) {}

    /**
     * A setting that sessions begin with.
     *
     * @param role whose; null: everybody's
     * @param ofDatabase whether only in this database
     */
    record Setting(String role, boolean ofDatabase, String name, String value) {}

    /** Column names differ between versions, so the row is asked as JSON. Provider b and i have a locale of their own. */
    private static final String DATABASE = """
            SELECT current_setting('server_version_num')::int / 10000, current_database(), session_user, current_user,
              'ENCODING ' || quote_literal(pg_encoding_to_char(encoding))
              || ' LC_COLLATE ' || quote_literal(d ->> 'datcollate') || ' LC_CTYPE ' || quote_literal(d ->> 'datctype')
              || CASE d ->> 'datlocprovider'
                   WHEN 'i' THEN ' LOCALE_PROVIDER icu ICU_LOCALE '
                                 || quote_literal(coalesce(d ->> 'datlocale', d ->> 'daticulocale'))
                   WHEN 'b' THEN ' LOCALE_PROVIDER builtin BUILTIN_LOCALE ' || quote_literal(d ->> 'datlocale')
                   ELSE '' END
            FROM (SELECT encoding, to_jsonb(pg_database) AS d FROM pg_database WHERE datname = current_database()) AS one""";

    private static final String ROLES = "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1";

    private static final String EXTENSIONS = """
            SELECT extname, nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
            WHERE extname <> 'plpgsql' ORDER BY pg_extension.oid""";

    /** Those of a schema add to what is usual; those of all schemas stand for it, so it goes first. */
    private static final String DEFAULT_PRIVILEGES = """
            SELECT s.nspname, 'ALTER DEFAULT PRIVILEGES FOR ROLE ' || quote_ident(pg_get_userbyid(d.defaclrole))
                   || coalesce(' IN SCHEMA ' || quote_ident(s.nspname), '') || x.what || k.objects || x.whom
            FROM pg_default_acl d
            LEFT JOIN pg_namespace s ON s.oid = d.defaclnamespace
            CROSS JOIN LATERAL (SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
                WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' END) AS k (objects)
            CROSS JOIN LATERAL (
                SELECT 0 AS place, ' REVOKE ALL ON ' AS what, ' FROM ' || r.whom AS whom
                  FROM (VALUES ('PUBLIC'), (quote_ident(pg_get_userbyid(d.defaclrole)))) AS r (whom)
                 WHERE s.nspname IS NULL
                UNION ALL
                SELECT 1, ' GRANT ' || a.privilege_type || ' ON ',
                       ' TO ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                       || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
                  FROM aclexplode(d.defaclacl) AS a) AS x
            WHERE k.objects IS NOT NULL ORDER BY d.oid, x.place""";

    private static final String SETTINGS = """
            SELECT nullif(s.setrole, 0)::regrole::text, s.setdatabase <> 0, split_part(v, '=', 1),
                   substr(v, strpos(v, '=') + 1)
            FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS v
            WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
            ORDER BY s.setrole, s.setdatabase""";

    /** Asks the database of {@code catalogue}. */
    static TargetFacts read(Catalogue catalogue) throws SQLException {
        List<String> roles = catalogue.all(ROLES, row -> row.getString(1));
        List<Extension> extensions =
                catalogue.all(EXTENSIONS, row -> new Extension(row.getString(1), row.getString(2)));
        List<DefaultPrivilege> privileges = catalogue.all(
                DEFAULT_PRIVILEGES,
                row -> new DefaultPrivilege(row.getString(1) == null ? "" : row.getString(1), row.getString(2)));
        List<Setting> settings = catalogue.all(
                SETTINGS, row -> new Setting(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4)));
        return catalogue
                .first(
                        DATABASE,
                        row -> new TargetFacts(
                                row.getInt(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                roles,
                                extensions,
                                privileges,
                                settings))
                .orElseThrow();
    }
}
