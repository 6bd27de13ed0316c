package dev.dbmigration.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * dbmate, a program in Go, which sends a file in one message.
 *
 * @param program its path
 */
record Dbmate(Path program) implements Contender {

    private static final String VERSION = "2.36.0";

    /** Fetches it once into a folder, by npm as it is configured. */
    static Dbmate of(String npm, Path folder) throws LeftOut {
        Path program = folder.resolve("node_modules/@dbmate/linux-x64/bin/dbmate");
        if (!Files.isExecutable(program)) {
            Programs.said(List.of(
                    npm,
                    "install",
                    "--prefix",
                    folder.toString(),
                    "--no-save",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "dbmate@" + VERSION));
        }
        if (!Files.isExecutable(program)) {
            throw new LeftOut("npm has no dbmate " + VERSION + " for x64 Linux");
        }
        return new Dbmate(program);
    }

    @Override
    public String name() {
        return "dbmate";
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public void prepare(Load load, Path folder) throws IOException {
        Contender.write(load, folder, "%04d_load.sql", "-- migrate:up\n%2$s\n-- migrate:down\n");
    }

    @Override
    public Command apply(Path folder, Target target) {
        Map<String, String> environment = Map.of(
                "DATABASE_URL",
                target.uri(),
                "DBMATE_MIGRATIONS_DIR",
                folder.toString(),
                // Else it has pg_dump write the schema.
                "DBMATE_NO_DUMP_SCHEMA",
                "true");
        return new Command(List.of(program.toString(), "migrate"), environment);
    }
}
