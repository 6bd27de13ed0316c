package dev.dbmigration.runner.catalogue;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.BaseConnection;

/**
 * What is asked of a database about itself. Values travel as parameters; names of the catalogue are written with their
 * schema, as a search_path may put other objects before them.
 */
public final class Catalogue {

    private final Connection connection;

    /** What the session of {@code connection} may see. */
    public Catalogue(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet result) throws SQLException;
    }

    /** A value whose type the server is to find out from its place, as it does for a constant in quotes. */
    public record Untyped(String text) {}

    /** All rows; parameters are {@code String}, {@code Long}, {@code String[]}, {@link Untyped} or null. */
    public <T> List<T> all(String sql, Row<T> row, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                set(statement, i + 1, parameters[i]);
            }
            return rows(statement.executeQuery(), row);
        }
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> row, Object... parameters) throws SQLException {
        return all(sql, row, parameters).stream().findFirst();
    }

    /** A statement whose text is sent as it is: no {@code ?} is a parameter, and no JDBC escape is rewritten. */
    public Statement verbatim() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    /** Whether a backslash in a plain string constant is a backslash, which decides where the constant ends. */
    public boolean standardConformingStrings() throws SQLException {
        return connection.unwrap(BaseConnection.class).getStandardConformingStrings();
    }

    /** The schemas an unqualified name is looked up in, those that exist and may be used, in order. */
    public List<String> searchPath() throws SQLException {
        return all("SELECT pg_catalog.unnest(pg_catalog.current_schemas(false))", result -> result.getString(1));
    }

    /** A column that is an array of texts or names; null is an empty one. */
    public static List<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }

    private void set(PreparedStatement statement, int index, Object parameter) throws SQLException {
        if (parameter instanceof Untyped untyped) {
            statement.setObject(index, untyped.text(), Types.OTHER);
        } else {
            statement.setObject(
                    index, parameter instanceof String[] texts ? connection.createArrayOf("text", texts) : parameter);
        }
    }

    private static <T> List<T> rows(ResultSet result, Row<T> row) throws SQLException {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(row.read(result));
        }
        return rows;
    }
}
