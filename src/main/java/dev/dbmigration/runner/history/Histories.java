package dev.dbmigration.runner.history;

import dev.dbmigration.check.HistoryTool;
import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.script.Version;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** How each tool keeps its history. */
public enum Histories {
    OWN("dbmigration", "migrations", "scope version file outcome", Histories::version, new OwnHistory()),
    FLYWAY(
            null,
            "flyway_schema_history",
            "installed_rank version type script success",
            Histories::version,
            new FlywayHistory()),
    LIQUIBASE(
            null,
            "databasechangelog",
            "id author filename orderexecuted exectype",
            Histories::asWritten,
            new LiquibaseHistory()),
    PRISMA(
            null,
            "_prisma_migrations",
            "migration_name started_at finished_at rolled_back_at logs",
            Histories::asWritten,
            new PrismaHistory()),
    SEQUELIZE(null, "SequelizeMeta", "name", Histories::asWritten, Reader.names("name", "name COLLATE \"C\"")),
    RAILS(null, "schema_migrations", "version", Histories::number, Reader.names("version", Histories.NUMERIC)),
    DJANGO(null, "django_migrations", "id app name", Histories::asWritten, Reader.names("app || '.' || name", "id")),
    SUPABASE(
            "supabase_migrations",
            "schema_migrations",
            "version",
            Histories::asWritten,
            Reader.names("version", Histories.NUMERIC)),
    DBMATE(
            null,
            "schema_migrations",
            "version",
            Histories::asWritten,
            Reader.names("version", "version COLLATE \"C\"")),
    GOLANG_MIGRATE(null, "schema_migrations", "version dirty", Histories::number, new GolangMigrateHistory()),
    NODE_PG_MIGRATE(null, "pgmigrations", "id name run_on", Histories::asWritten, Reader.names("name", "run_on, id")),
    DIESEL(
            null,
            "__diesel_schema_migrations",
            "version",
            Histories::asWritten,
            Reader.names("version", "version COLLATE \"C\"")),
    ALEMBIC(null, "alembic_version", "version_num", Histories::asWritten, new AlembicHistory());

    /** Text of digits in the order of numbers. */
    private static final String NUMERIC = "pg_catalog.length(pg_catalog.ltrim(version, '0')), version COLLATE \"C\"";

    private final String schema;
    private final String table;
    private final List<String> columns;
    private final UnaryOperator<String> canonical;
    private final Reader reader;

    Histories(String schema, String table, String columns, UnaryOperator<String> canonical, Reader reader) {
        this.schema = schema;
        this.table = table;
        this.columns = List.of(columns.split(" "));
        this.canonical = canonical;
        this.reader = reader;
    }

    /** That of a tool. */
    public static Histories of(HistoryTool tool) {
        return valueOf(tool.name().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    /** Where the tool puts the table; null: in the first schema of the search_path. */
    public String schema() {
        return schema;
    }

    /** What the tool calls the table. */
    public String table() {
        return table;
    }

    /** Whether two names are one migration to the tool. */
    public boolean same(String one, String other) {
        return canonical.apply(one).equals(canonical.apply(other));
    }

    /**
     * What stands in the table.
     *
     * @throws SQLException also where its columns are not those of the tool
     */
    public History read(Catalogue catalogue, HistoryTable place) throws SQLException {
        List<String> found = place.columns(catalogue);
        // By its name alone the table of another tool would do: four of them write a schema_migrations.
        boolean theirs = found.containsAll(columns) && (columns.size() > 1 || !found.contains("dirty"));
        if (!theirs) {
            throw new SQLException("table " + place.schema() + "." + place.name() + " has the columns "
                    + String.join(", ", found) + ", where " + String.join(", ", columns) + " are expected");
        }
        return reader.read(catalogue, place);
    }

    private static String asWritten(String name) {
        return name;
    }

    private static String number(String digits) {
        return digits.replaceFirst("^0+(?=.)", "");
    }

    private static String version(String name) {
        return Version.of(name).text();
    }
}
