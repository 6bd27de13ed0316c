package dev.dbmigration.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL's own client: one script, one session, one transaction a file, and no memory of what is done. Its run with
 * nothing to do is an empty script.
 *
 * @param program its path, or a name on the PATH
 * @param version as it tells it
 */
record Psql(String program, String version) implements Contender {

    private static final String SCRIPT = "all.sql";
    private static final String EMPTY = "empty.sql";

    static Psql of(String program) throws LeftOut {
        String said = Programs.said(List.of(program, "--version"));
        return new Psql(program, said.replaceAll("[^0-9]*([0-9.]+).*", "$1"));
    }

    @Override
    public String name() {
        return "psql";
    }

    @Override
    public void prepare(Load load, Path folder) throws IOException {
        StringBuilder script = new StringBuilder();
        load.files().forEach(file -> script.append("BEGIN;\n").append(file).append("COMMIT;\n"));
        Files.writeString(folder.resolve(SCRIPT), script);
        Files.writeString(folder.resolve(EMPTY), "");
    }

    @Override
    public Command apply(Path folder, Target target) {
        return script(folder.resolve(SCRIPT), target);
    }

    @Override
    public Command nothing(Path folder, Target target) {
        return script(folder.resolve(EMPTY), target);
    }

    private Command script(Path script, Target target) {
        return new Command(
                List.of(program, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script.toString()), target.environment());
    }
}
