package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.script.Lexer;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.script.Token;
import dev.dbmigration.runner.words.Likeness;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** For a table or column that does not exist: which of those that do may have been meant. */
final class NearNames {

    private static final int MOST = 3;

    private static final Pattern RELATION = Pattern.compile("relation \"(?:[^\"]*\\.)?([^\".]+)\"");
    private static final Pattern COLUMN = Pattern.compile("column (?:\"([^\"]+)\"|(?:\\w+\\.)?([^\\s\"]+))");

    private static final String USER_SCHEMAS =
            " n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', ?)"
                    + " AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')";

    private static final String RELATIONS =
            "SELECT c.relname, CASE WHEN n.nspname <> ALL (pg_catalog.current_schemas(false)) THEN n.nspname END"
                    + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND" + USER_SCHEMAS;

    private static final String COLUMNS = "SELECT DISTINCT a.attname, NULL"
            + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE a.attnum > 0 AND NOT a.attisdropped AND" + USER_SCHEMAS + " AND c.relname = ANY (?)";

    private final Connection connection;
    private final String ledgerSchema;

    NearNames(Connection connection, String ledgerSchema) {
        this.connection = connection;
        this.ledgerSchema = ledgerSchema;
    }

    /** A hint, or null. Asked after the rollback; what goes wrong here must not hide the failure itself. */
    String hint(String sqlState, String message, Statement statement) {
        try {
            return switch (String.valueOf(sqlState)) {
                case "42P01" -> hint(RELATION.matcher(message), relations());
                case "42703" -> hint(COLUMN.matcher(message), columns(statement));
                default -> null;
            };
        } catch (SQLException e) {
            return null;
        }
    }

    private static String hint(Matcher wanted, List<Name> existing) {
        if (!wanted.find()) {
            return null;
        }
        String name = wanted.groupCount() > 1 && wanted.group(1) == null ? wanted.group(2) : wanted.group(1);
        String nearest = existing.stream()
                .filter(candidate -> Likeness.near(name, candidate.name()))
                .sorted(Comparator.comparingDouble(candidate -> candidate.distance(name)))
                .limit(nearlySame(existing, name) ? 1 : MOST)
                .map(Name::quoted)
                .collect(Collectors.joining(" or "));
        return nearest.isEmpty() ? null : "did you mean " + nearest + "?";
    }

    private static boolean nearlySame(List<Name> existing, String name) {
        return existing.stream()
                        .filter(candidate -> candidate.distance(name) == 0)
                        .count()
                == 1;
    }

    private List<Name> relations() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(RELATIONS)) {
            query.setString(1, ledgerSchema);
            return names(query);
        }
    }

    private List<Name> columns(Statement statement) throws SQLException {
        Array words = connection.createArrayOf("text", namesIn(statement).toArray());
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, ledgerSchema);
            query.setArray(2, words);
            return names(query);
        }
    }

    private static List<Name> names(PreparedStatement query) throws SQLException {
        List<Name> names = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                names.add(new Name(rows.getString(2), rows.getString(1)));
            }
        }
        return names;
    }

    /** Every name in the statement, as the catalogue would have it: one of them is the column's table. */
    private static Set<String> namesIn(Statement statement) {
        Set<String> names = new LinkedHashSet<>();
        String text = statement.text();
        Lexer lexer = new Lexer(text, !Boolean.FALSE.equals(statement.standardStrings()));
        try {
            for (Token token = lexer.next(); token != null; token = lexer.next()) {
                addName(names, token, text);
            }
        } catch (Lexer.Unterminated e) {
            // The server reads it otherwise than psql has split it; the names before that have to do.
        }
        return names;
    }

    private static void addName(Set<String> names, Token token, String text) {
        if (token.kind() == Token.Kind.WORD) {
            names.add(token.in(text).toLowerCase(Locale.ROOT));
        } else if (token.kind() == Token.Kind.QUOTED_NAME) {
            names.add(text.substring(token.start() + 1, token.end() - 1).replace("\"\"", "\""));
        }
    }

    /** {@code schema} is null where the search_path leads there. */
    private record Name(String schema, String name) {

        double distance(String wanted) {
            return Likeness.distance(wanted, name);
        }

        String quoted() {
            return (schema == null ? "" : quote(schema) + ".") + quote(name);
        }

        private static String quote(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }
}
