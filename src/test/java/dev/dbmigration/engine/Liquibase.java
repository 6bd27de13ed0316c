package dev.dbmigration.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Liquibase, by its command line, each file a change set of formatted SQL.
 *
 * @param classPath of the library, what it needs, and the driver
 * @param version of the library
 */
record Liquibase(String classPath, String version) implements Contender {

    private static final List<String> ARTIFACTS = List.of(
            "liquibase-core",
            "picocli",
            "snakeyaml",
            "opencsv",
            "jaxb-api",
            "commons-collections4",
            "commons-io",
            "commons-lang3",
            "commons-text",
            "postgresql");

    static Liquibase of(Jars jars) throws LeftOut {
        return new Liquibase(jars.of(ARTIFACTS), jars.version("liquibase-core"));
    }

    @Override
    public String name() {
        return "Liquibase";
    }

    @Override
    public void prepare(Load load, Path folder) throws IOException {
        Contender.write(
                load,
                folder.resolve("sql"),
                "%04d.sql",
                "--liquibase formatted sql\n--changeset benchmark:%1$04d\n%2$s");
        Files.writeString(folder.resolve("changelog.yaml"), "databaseChangeLog:\n  - includeAll: {path: sql}\n");
    }

    @Override
    public Command apply(Path folder, Target target) {
        Map<String, String> environment = Map.of(
                "LIQUIBASE_COMMAND_URL", target.jdbc(),
                "LIQUIBASE_COMMAND_USERNAME", target.database().user(),
                "LIQUIBASE_COMMAND_PASSWORD", target.database().password(),
                "LIQUIBASE_COMMAND_CHANGELOG_FILE", "changelog.yaml",
                "LIQUIBASE_SEARCH_PATH", folder.toString(),
                // It would tell its makers over the network, and wait for that.
                "LIQUIBASE_ANALYTICS_ENABLED", "false");
        return Command.java(classPath, environment, "liquibase.integration.commandline.LiquibaseCommandLine", "update");
    }
}
