package dev.dbmigration.runner.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The canonical spelling of a type, that of {@code format_type}: {@code character varying(20)} for
 * {@code varchar(20)}. The server reads it, so that aliases, modifiers, arrays and types of the user's are understood
 * as they are in DDL.
 */
public final class TypeName {

    private static final String PLANNED_NULL = "NULL::";

    private TypeName() {}

    /** As the server spells it; empty where no such type exists. */
    public static Optional<String> canonical(Catalogue catalogue, String type) throws SQLException {
        Optional<String> known = known(catalogue, type);
        return known.isPresent() ? Optional.of(withModifier(catalogue, known.get())) : Optional.empty();
    }

    /** Of each type without its modifier, as the types of arguments are; null for one that does not exist. */
    public static List<String> plain(Catalogue catalogue, List<String> types) throws SQLException {
        String sql = """
                SELECT pg_catalog.format_type(COALESCE(pg_catalog.to_regtype(t.name),
                                                       pg_catalog.to_regtype(pg_catalog.quote_ident(t.name))), NULL)
                FROM pg_catalog.unnest(?::pg_catalog.text[]) WITH ORDINALITY AS t (name, n) ORDER BY t.n""";
        return catalogue.all(sql, row -> row.getString(1), (Object) types.toArray(String[]::new));
    }

    /** The type as the server can read it: as it stands, else as the name of one with upper-case letters. */
    private static Optional<String> known(Catalogue catalogue, String type) throws SQLException {
        String sql = """
                SELECT CASE WHEN pg_catalog.to_regtype(t.name) IS NOT NULL THEN t.name
                            WHEN pg_catalog.to_regtype(t.quoted) IS NOT NULL THEN t.quoted END
                FROM (SELECT ?::pg_catalog.text, pg_catalog.quote_ident(?)) AS t (name, quoted)""";
        return catalogue
                .first(sql, row -> Optional.ofNullable(row.getString(1)), type, type)
                .flatMap(name -> name);
    }

    /**
     * Asks for the plan of a NULL of this type, which the planner prints with its modifier. {@code to_regtype} drops
     * the modifier and {@code to_regtypemod} came with PostgreSQL 17. The text has been read by {@code to_regtype} as
     * one type name, so it can be nothing else here.
     */
    private static String withModifier(Catalogue catalogue, String type) throws SQLException {
        String sql = "EXPLAIN (VERBOSE, FORMAT JSON) SELECT CAST(NULL AS " + type + ")";
        try (Statement statement = catalogue.verbatim();
                ResultSet plan = statement.executeQuery(sql)) {
            plan.next();
            String output = output(plan.getString(1));
            return output.startsWith(PLANNED_NULL)
                    ? output.substring(PLANNED_NULL.length())
                    : plainName(catalogue, type);
        }
    }

    private static String output(String plan) throws SQLException {
        try {
            return new JsonMapper().readTree(plan).at("/0/Plan/Output/0").asText();
        } catch (JsonProcessingException e) {
            throw new SQLException("the plan of a NULL is not JSON", e);
        }
    }

    /** For a type whose cast is not planned as a constant, such as a domain with constraints: it has no modifier. */
    private static String plainName(Catalogue catalogue, String type) throws SQLException {
        String sql = "SELECT pg_catalog.format_type(pg_catalog.to_regtype(?), NULL)";
        return catalogue.first(sql, row -> row.getString(1), type).orElseThrow();
    }
}
