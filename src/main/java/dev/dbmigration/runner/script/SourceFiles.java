package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput.Source;
import dev.dbmigration.runner.fault.RunFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The migrations of one source in version order, and what else lies there.
 *
 * @param ignored names that are not run, each with why
 */
record SourceFiles(List<Path> migrations, List<String> ignored) {

    private static final Pattern WAY_DOWN = Pattern.compile("(?i)(.*\\.)?(down|undo)\\.sql|U[0-9][0-9._]*__.*");

    /** Entries are followed through symbolic links, since the files of a ConfigMap volume are such links. */
    static SourceFiles in(Source source, Path directory) {
        List<Path> migrations = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Path entry : list(source, directory)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(".")) {
                continue;
            }
            if (ScriptConfiguration.belongsToAFile(entry)) {
                continue;
            }
            String why = notRun(entry, name);
            if (why == null) {
                migrations.add(entry);
            } else {
                ignored.add(name + " (" + why + ")");
            }
        }
        checkNames(source, migrations, ignored);
        migrations.sort(Comparator.comparing(SourceFiles::versionOf));
        return new SourceFiles(List.copyOf(migrations), List.copyOf(ignored));
    }

    static Version versionOf(Path file) {
        return Version.of(file.getFileName().toString());
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
            return Files.isDirectory(entry) ? "a folder" : "not a file";
        }
        if (!name.toLowerCase(Locale.ROOT).endsWith(".sql")) {
            return "does not end in .sql";
        }
        return WAY_DOWN.matcher(name).matches() ? "a way down" : null;
    }

    private static void checkNames(Source source, List<Path> migrations, List<String> ignored) {
        if (migrations.isEmpty()) {
            String found = ignored.isEmpty() ? "" : "; it holds only " + String.join(", ", ignored);
            throw RunFailed.because(
                    Reason.InvalidSpec,
                    source.name() + " has no migration" + found,
                    "give it at least one file whose name ends in .sql, or take the source out of spec.sql.sources");
        }
        for (Path file : migrations) {
            checkName(source, file.getFileName().toString(), migrations.size());
        }
    }

    private static void checkName(Source source, String name, int files) {
        if (name.startsWith("R__")) {
            throw RunFailed.in(
                    name,
                    0,
                    0,
                    Reason.UnsupportedFeature,
                    "repeatable migrations (R__) are not supported",
                    "give it a version, such as V7" + name.substring(1));
        }
        if (files > 1 && Version.of(name).isName()) {
            throw RunFailed.in(
                    name,
                    0,
                    0,
                    Reason.InvalidSpec,
                    "its name begins with no version, so its place among the " + files + " files of " + source.name()
                            + " is not known",
                    "rename it, such as 001_" + name + "; only a file that is alone in its source needs no version");
        }
    }
}
