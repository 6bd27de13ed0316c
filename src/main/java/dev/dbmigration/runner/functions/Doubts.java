package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.plpgsql.Fragment;
import dev.dbmigration.runner.plpgsql.Identifiers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why something that is not there may yet be there when the function is called: then it is not called broken. A false
 * alarm is worse than a function that nobody looked at.
 *
 * @param variablesFirst whether a name that is a column as well means the variable
 */
record Doubts(Catalogue catalogue, Routine routine, boolean variablesFirst) {

    private static final String NOT_IN_PATH = " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
            + " AND n.nspname <> ALL (pg_catalog.current_schemas(true)) ORDER BY 2 DESC, 1 LIMIT 1";

    private static final String OF_SCHEMA =
            " JOIN pg_catalog.pg_namespace n ON n.oid = o.%snamespace WHERE o.%sname = ?";

    private static final String SCHEMA =
            "SELECT n.nspname, pg_catalog.has_schema_privilege(n.oid, 'USAGE') FROM pg_catalog.";

    /** Where the catalogue lists what this SQLSTATE says is missing. */
    private static final Map<String, String> LISTED = Map.of(
            "42P01", SCHEMA + "pg_class o" + OF_SCHEMA.replace("%s", "rel") + NOT_IN_PATH,
            "42883", SCHEMA + "pg_proc o" + OF_SCHEMA.replace("%s", "pro") + NOT_IN_PATH,
            "42704", SCHEMA + "pg_type o" + OF_SCHEMA.replace("%s", "typ") + NOT_IN_PATH);

    /** A body that makes a relation of this name, also in dynamic SQL. */
    private static final String MADE = """
            SELECT 1 FROM pg_catalog.pg_proc WHERE prosrc ~* ('\\mcreate\\s+(local\\s+|global\\s+|unlogged\\s+)?'
              || '(temp\\s+|temporary\\s+)?(table|view)\\s+(if\\s+not\\s+exists\\s+)?(pg_temp\\s*\\.\\s*)?"?'
              || pg_catalog.regexp_replace(?, '(\\W)', '\\\\\\1', 'g') || '\\M') LIMIT 1""";

    private record Place(String schema, boolean usable) {}

    /** Something that PL/pgSQL itself would miss. */
    Judgement missing(Fragment fragment, int line, String why) {
        return fragment.expected().isEmpty() ? Judgement.broken(line, why) : expected(line);
    }

    /** A fragment that the server refuses since something is not there, or is of another type. */
    Judgement broken(Fragment fragment, int line, Refusal refusal) throws SQLException {
        if (!fragment.expected().isEmpty()) {
            return expected(line);
        }
        if (variablesFirst) {
            return Judgement.unchecked(line, "a column may mean a variable, by variable_conflict");
        }
        return broken(line, refusal, refusal.name());
    }

    /** The same of a whole function; {@code name}: what is missing, null: not known. */
    Judgement broken(int line, Refusal refusal, Identifiers.Dotted name) throws SQLException {
        List<String> parts = name == null ? List.of() : name.parts();
        if (refusal.ofRelation() && !parts.isEmpty() && temporary(parts)) {
            return Judgement.unchecked(line, "temporary table " + parts.get(parts.size() - 1));
        }
        Optional<Place> elsewhere = parts.size() == 1 ? elsewhere(refusal.state(), parts.get(0)) : Optional.empty();
        if (elsewhere.isEmpty()) {
            return Judgement.broken(line, refusal.words());
        }
        String there = elsewhere.get().schema() + "." + parts.get(0);
        if (!elsewhere.get().usable()) {
            return Judgement.forbidden(
                    line, "no USAGE on schema " + elsewhere.get().schema() + ", where " + there + " is");
        }
        return routine.searchPath() == null
                ? Judgement.unchecked(line, there + " is there if its caller's search_path is another")
                : Judgement.broken(line, refusal.words() + "; there is " + there);
    }

    private Judgement expected(int line) {
        return Judgement.unchecked(line, "its block handles what is missing");
    }

    private boolean temporary(List<String> parts) throws SQLException {
        String name = parts.get(parts.size() - 1);
        return parts.get(0).startsWith("pg_temp")
                || catalogue.first(MADE, row -> 1, name).isPresent();
    }

    private Optional<Place> elsewhere(String state, String name) throws SQLException {
        String sql = LISTED.get(state);
        return sql == null
                ? Optional.empty()
                : catalogue.first(sql, row -> new Place(row.getString(1), row.getBoolean(2)), name);
    }
}
