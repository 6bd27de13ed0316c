package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput.Source;
import dev.dbmigration.runner.fault.RunFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The migrations of one source in version order, also those in folders below it, and what else lies there.
 *
 * @param ignored names that are not run, each with why
 */
record SourceFiles(List<Found> migrations, List<String> ignored) {

    /** Links may lead in circles. */
    private static final int DEEPEST = 16;

    /**
     * A file that is to run.
     *
     * @param name with the names of folders between the source and the file, and slashes
     * @param down the way down that is a file of its own
     */
    record Found(String name, Path path, WayDown down) {

        Found(String name, Path path) {
            this(name, path, WayDown.NONE);
        }

        Found with(WayDown itsOwn) {
            return new Found(name, path, itsOwn);
        }

        Version version() {
            return Version.of(name);
        }

        boolean isWayDown() {
            return Pairs.isWayDown(path.getFileName().toString());
        }
    }

    /** Entries are followed through symbolic links, since the files of a ConfigMap volume are such links. */
    static SourceFiles in(Source source, Path directory) {
        List<Found> all = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        look(source, directory, "", all, ignored);
        Map<Boolean, List<Found>> byWay = all.stream().collect(Collectors.partitioningBy(Found::isWayDown));
        Pairs pairs = new Pairs(byWay.get(false), byWay.get(true));
        ignored.addAll(pairs.ignored());
        checkNames(source, byWay.get(false), ignored);
        List<Found> migrations = pairs.migrations().stream()
                .sorted((found, other) -> found.version().compareTo(other.version()))
                .toList();
        return new SourceFiles(migrations, List.copyOf(ignored));
    }

    private static void look(Source source, Path directory, String above, List<Found> all, List<String> ignored) {
        for (Path entry : list(source, directory)) {
            String name = above + entry.getFileName();
            if (entry.getFileName().toString().startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                checkDepth(source, name);
                look(source, entry, name + "/", all, ignored);
                continue;
            }
            if (ScriptConfiguration.belongsToAFile(entry)) {
                continue;
            }
            String why = notRun(entry, entry.getFileName().toString());
            if (why == null) {
                all.add(new Found(name, entry));
            } else {
                ignored.add(name + " (" + why + ")");
            }
        }
    }

    private static void checkDepth(Source source, String folder) {
        if (folder.chars().filter(c -> c == '/').count() >= DEEPEST) {
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    source.name() + " has more than " + DEEPEST + " folders within each other: " + folder,
                    "a link may lead in a circle: take it out");
        }
    }

    private static List<Path> list(Source source, Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw RunFailed.because(Reason.InvalidSpec, source.name() + " is not in the pod at " + source.directory());
        }
    }

    private static String notRun(Path entry, String name) {
        if (!Files.isRegularFile(entry)) {
            return "not a file";
        }
        return name.toLowerCase(Locale.ROOT).endsWith(".sql") ? null : "does not end in .sql";
    }

    private static void checkNames(Source source, List<Found> migrations, List<String> ignored) {
        if (migrations.isEmpty()) {
            String found = ignored.isEmpty() ? "" : "; it holds only " + String.join(", ", ignored);
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    source.name() + " has no migration" + found,
                    "give it at least one file whose name ends in .sql, or take the source out of spec.sql.sources");
        }
        List<Found> once = migrations.stream()
                .filter(file -> !file.version().isRepeatable())
                .toList();
        for (Found file : once) {
            if (once.size() > 1 && file.version().isName()) {
                throw unversioned(source, file, once.size());
            }
        }
    }

    private static RunFailed unversioned(Source source, Found file, int files) {
        return RunFailed.in(
                file.name(),
                0,
                0,
                Reason.InvalidSpec,
                "its name begins with no version, so its place among the " + files + " files of " + source.name()
                        + " is not known",
                "rename it, such as 001_" + file.path().getFileName()
                        + "; only a file that is alone in its source needs no version");
    }
}
