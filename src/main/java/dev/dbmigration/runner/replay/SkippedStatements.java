package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.execute.Skips;
import dev.dbmigration.runner.schema.Schema;
import dev.dbmigration.runner.schema.SchemaObject;
import dev.dbmigration.runner.schema.SchemaReader;
import dev.dbmigration.runner.script.MigrationFile;
import dev.dbmigration.runner.script.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Runs each skipped statement of a replay alone: what is in its way is dropped with all that depends on it, what the
 * statement then makes is read, and all of that is rolled back. Never to be used on a database that anybody needs.
 */
final class SkippedStatements implements Skips {

    private static final String SAVEPOINT = "dbmigration_alone";

    /** By file and number of the statement, since a file that is rolled back runs again. */
    private final Map<String, Skipped> found = new LinkedHashMap<>();

    /** What was skipped, in its order. */
    Collection<Skipped> found() {
        return found.values();
    }

    @Override
    public void skipped(MigrationFile file, Statement statement, Connection connection) throws SQLException {
        found.put(file.name() + " " + statement.ordinal(), seen(file, statement, connection));
    }

    private static Skipped seen(MigrationFile file, Statement statement, Connection connection) throws SQLException {
        String place = file.name() + " line " + statement.line();
        Optional<SkippedObject> wanted = SkippedObject.of(statement.text());
        if (wanted.isEmpty()) {
            return unknown(place, "its words do not tell what it would make");
        }
        return wanted.get().kind() == SkippedObject.Kind.NAME_ALONE
                ? new Skipped(place, wanted.get().name(), List.of(), null)
                : alone(place, wanted.get(), connection);
    }

    private static Skipped alone(String place, SkippedObject wanted, Connection connection) throws SQLException {
        boolean open = connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.OPEN;
        execute(connection, open ? "SAVEPOINT " + SAVEPOINT : "BEGIN");
        try {
            return compared(place, wanted, connection);
        } catch (SQLException e) {
            return unknown(place, ServerWords.of(e, wanted.alone()));
        } finally {
            execute(connection, open ? "ROLLBACK TO SAVEPOINT " + SAVEPOINT : "ROLLBACK");
            if (open) {
                execute(connection, "RELEASE SAVEPOINT " + SAVEPOINT);
            }
        }
    }

    private static Skipped compared(String place, SkippedObject wanted, Connection connection) throws SQLException {
        Existing existing = Existing.of(wanted, connection);
        Schema before = existing.read();
        // Or a trigger that waits for the end of the transaction would keep its table.
        execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        for (String drop : existing.drops()) {
            execute(connection, drop);
        }
        execute(connection, wanted.alone());
        Schema made = Existing.of(wanted, connection).read();
        List<Skipped.Part> parts = made.objects().values().stream()
                .filter(object -> existing.concerns(object))
                .filter(object -> !object.definition().equals(before.definition(object.label())))
                .map(object -> new Skipped.Part(object, before.definition(object.label())))
                .filter(part -> part.found() != null || !part.isIn(before))
                .toList();
        return new Skipped(place, existing.label(), parts, null);
    }

    private static Skipped unknown(String place, String why) {
        return new Skipped(place, "", List.of(), why);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /**
     * What is in the way of a statement.
     *
     * @param columns names as the catalogue has them, quoted; empty: it is all of the relation
     */
    private record Existing(
            Connection connection, long oid, String label, String kind, String qualified, List<String> columns) {

        /** What a name means where the statement is run: in the first schema of the search_path, or that of its table. */
        static Existing of(SkippedObject wanted, Connection connection) throws SQLException {
            Catalogue catalogue = new Catalogue(connection);
            String schema = switch (wanted.kind()) {
                case TEMPORARY -> "'pg_temp'";
                case INDEX ->
                    "(SELECT relnamespace::pg_catalog.regnamespace::text FROM pg_catalog.pg_class"
                            + " WHERE oid = pg_catalog.to_regclass(?))";
                default -> "pg_catalog.quote_ident(coalesce(pg_catalog.current_schema(), 'public'))";
            };
            boolean asItStands = wanted.kind() == SkippedObject.Kind.COLUMNS
                    || wanted.kind() != SkippedObject.Kind.INDEX && isQualified(wanted.name());
            String name = asItStands ? "?" : schema + " || '.' || ?";
            String sql = "SELECT c.oid, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'"
                    + " WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'S' THEN 'SEQUENCE' WHEN 'c' THEN 'TYPE'"
                    + " WHEN 'i' THEN 'INDEX' WHEN 'I' THEN 'INDEX' ELSE 'TABLE' END,"
                    + " pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)"
                    + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.oid = pg_catalog.to_regclass(" + name + ")";
            Object[] parameters = wanted.kind() == SkippedObject.Kind.INDEX
                    ? new Object[] {wanted.on(), wanted.name()}
                    : new Object[] {wanted.name()};
            return catalogue
                    .first(
                            sql,
                            row -> new Existing(
                                    connection,
                                    row.getLong(1),
                                    label(row.getString(2), row.getString(3)),
                                    row.getString(2),
                                    row.getString(3),
                                    wanted.columns()),
                            parameters)
                    .orElseThrow(() -> new SQLException("what is in its way was not found", "42P01"));
        }

        private static boolean isQualified(String name) {
            return StatementNames.parts(name).size() > 1;
        }

        private static String label(String kind, String qualified) {
            return kind.toLowerCase(java.util.Locale.ROOT) + " " + qualified;
        }

        /** What is run next finds the session as the file has left it. */
        Schema read() throws SQLException {
            execute(connection, "SAVEPOINT " + SAVEPOINT);
            SchemaReader reader = new SchemaReader(new Catalogue(connection), Map.of());
            Schema schema = kind.equals("INDEX") ? reader.index(oid) : reader.relation(oid);
            execute(connection, "ROLLBACK TO SAVEPOINT " + SAVEPOINT);
            execute(connection, "RELEASE SAVEPOINT " + SAVEPOINT);
            return schema;
        }

        /** With all that depends on it: it comes back with the rollback. */
        List<String> drops() throws SQLException {
            if (!columns.isEmpty()) {
                return List.of("ALTER TABLE " + qualified + " "
                        + columns.stream()
                                .map(column -> "DROP COLUMN " + column + " CASCADE")
                                .collect(Collectors.joining(", ")));
            }
            Optional<String> constraint = new Catalogue(connection)
                    .first(
                            "SELECT 'ALTER TABLE ' || k.conrelid::pg_catalog.regclass::text || ' DROP CONSTRAINT '"
                                    + " || pg_catalog.quote_ident(k.conname) || ' CASCADE'"
                                    + " FROM pg_catalog.pg_constraint k"
                                    + " WHERE k.conindid = ? AND k.contype IN ('p', 'u', 'x')",
                            row -> row.getString(1),
                            oid);
            boolean index = kind.equals("INDEX");
            return List.of(
                    index && constraint.isPresent() ? constraint.get() : "DROP " + kind + " " + qualified + " CASCADE");
        }

        /** Whether the statement speaks of this part of what was read. */
        boolean concerns(SchemaObject object) {
            return columns.isEmpty()
                    || object.kind().equals("column")
                            && columns.stream()
                                    .map(StatementNames::plain)
                                    .flatMap(column -> Stream.of(column, StatementNames.quoted(column)))
                                    .anyMatch(column -> object.label().equals("column " + qualified + "." + column));
        }
    }
}
