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

/**
 * What the runner is shown for its class list, on a real server with passwords: a plan, a small migration, the same again
 * with nothing to do, and checks of it.
 */
final class Training implements AutoCloseable {

    /** One run after the other. */
    static final List<Training.Run> RUNS = List.of(
            new Run("plan", "plan", true),
            new Run("apply", "apply", true),
            new Run("again", "apply", false),
            new Run("verify", "verify", false));

    /**
     * A run of the runner.
     *
     * @param task its argument
     * @param anew whether what an earlier run has applied is taken back before it
     */
    record Run(String name, String task, boolean anew) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Postgres server = Postgres.startWithPasswords();
    private final Database database = server.newDatabase("training");
    private final String workplace;

    /** Writes the input of each task into a directory of its own, where the program may work. */
    Training(Installation installation) throws IOException {
        workplace = installation.workplace();
        for (Run run : RUNS) {
            Path directory = installation.resolve(directory(run));
            boolean looks = run.task().equals("verify");
            RunInput input = looks ? input(null, checks()) : input(sql(), null);
            write(directory.resolve(RunInput.FILE), MAPPER.writeValueAsString(input));
            if (!looks) {
                writeFiles(directory.resolve("sources/inline"));
            }
        }
    }

    private static void writeFiles(Path source) throws IOException {
        write(
                source.resolve("001_notes.sql"),
                "CREATE TABLE notes (id bigint PRIMARY KEY, body text NOT NULL);\nINSERT INTO notes VALUES (1, 'a');\n");
        write(source.resolve("002_null.sql"), "ALTER TABLE notes ALTER COLUMN body DROP NOT NULL;\n");
    }

    String directory(Run run) {
        return workplace + "/training/" + run.task();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Called before each run. */
    void prepare(Run run) {
        if (run.anew()) {
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
