package dev.dbmigration.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Flyway, by a main class of ours that hands its settings to the library and nothing else, since its command line
 * program loads much more.
 *
 * @param classPath of the library, its support of PostgreSQL, the driver and the main class
 * @param version of the library
 */
record Flyway(String classPath, String version) implements Contender {

    /** Outside of what Maven compiles, which has no Flyway but in the benchmark's profile. */
    private static final Path MAIN = Path.of("src/test/flyway/FlywayMain.java");

    private static final List<String> ARTIFACTS =
            List.of("flyway-core", "flyway-database-postgresql", "flyway-database-cockroachdb", "postgresql");

    /** Compiles the main class into a folder. */
    static Flyway of(Jars jars, Path folder) throws LeftOut {
        String library = jars.of(ARTIFACTS);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", library, "-d", folder.toString(), MAIN.toString());
        if (code != 0) {
            throw new IllegalStateException(MAIN + " does not compile");
        }
        return new Flyway(library + File.pathSeparator + folder, jars.version("flyway-core"));
    }

    @Override
    public String name() {
        return "Flyway";
    }

    @Override
    public void prepare(Load load, Path folder) throws IOException {
        Contender.write(load, folder, "V%04d__load.sql", "%2$s");
    }

    @Override
    public Command apply(Path folder, Target target) {
        Map<String, String> environment = Map.of(
                "FLYWAY_URL", target.jdbc(),
                "FLYWAY_USER", target.database().user(),
                "FLYWAY_PASSWORD", target.database().password(),
                "FLYWAY_LOCATIONS", "filesystem:" + folder);
        return Command.java(classPath, environment, "FlywayMain");
    }
}
