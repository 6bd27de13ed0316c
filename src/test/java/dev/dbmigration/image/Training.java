package dev.dbmigration.image;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.check.Check;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the runner is shown for its class list: a small migration and checks of it, on a real server with passwords. */
final class Training implements AutoCloseable {

    static final List<String> TASKS = List.of("apply", "verify");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Postgres server = Postgres.startWithPasswords();
    private final Database database = server.newDatabase("training");
    private final String workplace;

    /** Writes the input of each task into a directory of its own, where the program may work. */
    Training(Installation installation) throws IOException {
        workplace = installation.workplace();
        Path apply = installation.resolve(directory("apply"));
        write(
                apply.resolve("sources/inline/001_notes.sql"),
                "CREATE TABLE notes (id bigint PRIMARY KEY, body text NOT NULL);\nINSERT INTO notes VALUES (1, 'a');\n");
        write(apply.resolve("sources/inline/002_null.sql"), "ALTER TABLE notes ALTER COLUMN body DROP NOT NULL;\n");
        write(apply.resolve(RunInput.FILE), MAPPER.writeValueAsString(input(sql(), null)));
        write(
                installation.resolve(directory("verify")).resolve(RunInput.FILE),
                MAPPER.writeValueAsString(input(null, checks())));
    }

    String directory(String task) {
        return workplace + "/training/" + task;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Before a migration: takes back what an earlier one applied. */
    void prepare(String task) {
        if (task.equals("apply")) {
            database.execute("DROP SCHEMA IF EXISTS dbmigration CASCADE; DROP TABLE IF EXISTS notes");
        }
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("PGAPPNAME", "training");
        environment.put("DBMIGRATION_REPORT_PATH", workplace + "/report");
        return environment;
    }

    private static RunInput input(RunInput.Sql sql, List<Check> checks) {
        return new RunInput(
                RunInput.SCHEMA_VERSION,
                new RunInput.ResourceName("DatabaseMigration", "training", "training"),
                1,
                "sha256:0",
                4096,
                new RunInput.Session(null, null, null),
                sql,
                checks);
    }

    private static RunInput.Sql sql() {
        RunInput.Source source = new RunInput.Source("inline", "sources/inline");
        return new RunInput.Sql("dbmigration", "training", 60_000, 0, null, null, List.of(source), null, null);
    }

    private static List<Check> checks() throws IOException {
        return MAPPER.readValue("""
                [{"name": "column", "column": {"table": "notes", "name": "body", "type": "text", "nullable": true}},
                 {"name": "table", "table": {"name": "notes"}},
                 {"name": "index", "index": {"name": "notes_pkey", "table": "notes", "columns": ["id"], "unique": true}},
                 {"name": "rows", "rowCount": {"table": "notes", "equals": 1}},
                 {"name": "query", "query": {"sql": "select 1", "equals": "1"}},
                 {"name": "none invalid", "noInvalidIndexes": {}}]
                """, new TypeReference<List<Check>>() {});
    }

    @Override
    public void close() {
        server.close();
    }
}
