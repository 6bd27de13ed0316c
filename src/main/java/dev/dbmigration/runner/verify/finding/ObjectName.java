package dev.dbmigration.runner.verify.finding;

import static dev.dbmigration.runner.verify.finding.Words.quoted;

import dev.dbmigration.runner.catalogue.Catalogue;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name that a check gives to an object of the catalogue, and the way to that object; schema may be null. */
public record ObjectName(ObjectKind kind, String schema, String name) implements Sought {

    /** More names than this are not searched for a similar one. */
    static final int NAMES = 10_000;

    /** The given schemas; where none is, those of the search_path, without a question of their own. */
    private static final String SCHEMAS =
            "COALESCE(?::pg_catalog.text[], pg_catalog.current_schemas(false)::pg_catalog.text[])";

    private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]+");

    /** The spellings under which a name is looked for, in order: letter for letter, then folded to lower case. */
    public static String[] spellings(String name) {
        return new String[] {name, folded(name)};
    }

    /** As PostgreSQL folds what is not quoted: ASCII letters alone, for every database in UTF-8. */
    public static String folded(String name) {
        return UPPER_CASE.matcher(name).replaceAll(letters -> letters.group().toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<Located> locate(Catalogue catalogue) throws SQLException {
        String sql = """
                SELECT o.oid, n.nspname, o.name FROM (%1$s) o JOIN pg_catalog.pg_namespace n ON n.oid = o.namespace
                WHERE o.name = ANY (?) AND n.nspname = ANY (%2$s)
                ORDER BY pg_catalog.array_position(?, o.name::pg_catalog.text),
                         pg_catalog.array_position(%2$s, n.nspname::pg_catalog.text) LIMIT 1""".formatted(kind.source(), SCHEMAS);
        String[] names = spellings(name);
        String[] schemas = schema == null ? null : spellings(schema);
        return catalogue.first(sql, Located::read, names, schemas, names, schemas);
    }

    @Override
    public String missing(Catalogue catalogue) throws SQLException {
        if (schema != null) {
            String where = schemaExists(catalogue) ? " in schema " + schema : ": no schema " + quoted(schema);
            return "no " + kind.noun() + " " + quoted(name) + where;
        }
        List<String> path = catalogue.searchPath();
        String where =
                path.isEmpty() ? ": no schema of the search_path exists" : " in search_path " + String.join(", ", path);
        return "no " + kind.noun() + " " + quoted(name) + where;
    }

    /** With the name in another schema, or a similar one in this. */
    @Override
    public String missingWithHint(Catalogue catalogue) throws SQLException {
        Optional<String> hint = elsewhere(catalogue).map(there -> "; there is " + there);
        return missing(catalogue) + (hint.isPresent() ? hint.get() : similar(catalogue));
    }

    private Optional<Located> elsewhere(Catalogue catalogue) throws SQLException {
        String sql = """
                SELECT o.oid, n.nspname, o.name FROM (%s) o JOIN pg_catalog.pg_namespace n ON n.oid = o.namespace
                WHERE o.name = ANY (?) AND n.nspname !~ '^pg_'
                ORDER BY pg_catalog.array_position(?, o.name::pg_catalog.text), n.nspname
                LIMIT 1""".formatted(kind.source());
        String[] names = spellings(name);
        return catalogue.first(sql, Located::read, names, names);
    }

    private String similar(Catalogue catalogue) throws SQLException {
        String sql = """
                SELECT o.name FROM (%s) o JOIN pg_catalog.pg_namespace n ON n.oid = o.namespace
                WHERE n.nspname = ANY (?) ORDER BY o.name LIMIT %d""".formatted(kind.source(), NAMES);
        List<String> names = catalogue.all(sql, row -> row.getString(1), (Object) schemas(catalogue));
        return NearestName.hint(name, names);
    }

    private String[] schemas(Catalogue catalogue) throws SQLException {
        return schema == null ? catalogue.searchPath().toArray(String[]::new) : spellings(schema);
    }

    private boolean schemaExists(Catalogue catalogue) throws SQLException {
        String sql = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ANY (?)";
        return catalogue.first(sql, row -> 1, (Object) spellings(schema)).isPresent();
    }

    @Override
    public String described(Located object) {
        return kind.noun() + " " + object;
    }
}
