package dev.dbmigration.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who takes part: whoever is asked for and is to be had here. */
final class Roster {

    private Roster() {}

    /** Those of these names; it is said of each that is not to be had, and why. */
    static List<Contender> of(List<String> names, Path work) throws IOException, InterruptedException {
        List<Contender> all = new ArrayList<>();
        for (String name : names) {
            try {
                all.add(contender(name, work));
            } catch (LeftOut e) {
                System.out.printf("%s is left out: %s%n", name, e.getMessage());
            }
        }
        return all;
    }

    private static Contender contender(String name, Path work) throws LeftOut, IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(name));
        return switch (name) {
            case "runner" ->
                InstalledRunner.of(Path.of("pom.xml"), Path.of(System.getProperty("benchmark.jar")), folder);
            case "psql" -> Psql.of(System.getProperty("psql"));
            case "flyway" -> Flyway.of(Jars.ofThisJvm(), folder);
            case "liquibase" -> Liquibase.of(Jars.ofThisJvm());
            case "dbmate" -> Dbmate.of(System.getProperty("npm"), folder);
            default -> throw new LeftOut("nobody is called so");
        };
    }
}
