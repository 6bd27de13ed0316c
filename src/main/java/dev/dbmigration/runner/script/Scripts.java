package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report.Failure;
import dev.dbmigration.report.RunInput.Source;
import dev.dbmigration.runner.fault.RunFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything a run is to apply, in its order; reading it is the whole check of the input, so that bad input ends a run
 * before anything has happened.
 *
 * @param ignored what lies in the sources and is not run, each with why
 */
public record Scripts(List<MigrationFile> files, List<String> ignored) {

    public Scripts {
        files = List.copyOf(files);
        ignored = List.copyOf(ignored);
    }

    /**
     * Reads all sources, each below {@code root}; {@code parameters} are the same for all.
     *
     * @throws RunFailed with every file that cannot be run, not only the first
     */
    public static Scripts read(Path root, List<Source> sources, Parameters parameters) {
        List<MigrationFile> files = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (Source source : sources) {
            try {
                SourceFiles found = SourceFiles.in(source, root.resolve(source.directory()));
                found.ignored().forEach(name -> ignored.add(source.name() + ": " + name));
                found.migrations().forEach(file -> readInto(files, failures, source, file, parameters));
            } catch (RunFailed e) {
                failures.addAll(e.failures());
            }
        }
        files.forEach(file -> ignored.addAll(waysDown(file)));
        refuseTwins(files, failures);
        if (!failures.isEmpty()) {
            throw new RunFailed(failures);
        }
        return new Scripts(inOrder(files), ignored);
    }

    /** Whether there are files that run again when they have changed. */
    public boolean anyRunsAgain() {
        return files.stream().anyMatch(file -> file.version().isRepeatable());
    }

    /** Repeatable files run last, by name, for they build upon what the others have made. */
    private static List<MigrationFile> inOrder(List<MigrationFile> files) {
        Stream<MigrationFile> once =
                files.stream().filter(file -> !file.version().isRepeatable());
        Stream<MigrationFile> repeatable = files.stream()
                .filter(file -> file.version().isRepeatable())
                .sorted((file, other) -> file.name().compareTo(other.name()));
        return Stream.concat(once, repeatable).toList();
    }

    private static void readInto(
            List<MigrationFile> files,
            List<Failure> failures,
            Source source,
            SourceFiles.Found file,
            Parameters parameters) {
        try {
            files.add(FileReading.read(source.name(), file, parameters));
        } catch (RunFailed e) {
            failures.addAll(e.failures());
        }
    }

    private static List<String> waysDown(MigrationFile file) {
        return file.down().lines().stream()
                .map(lines -> file.source() + ": " + file.name() + " " + lines + " ("
                        + file.down().ignored() + ")")
                .toList();
    }

    private static void refuseTwins(List<MigrationFile> files, List<Failure> failures) {
        Map<String, MigrationFile> byVersion = new HashMap<>();
        for (MigrationFile file : files) {
            MigrationFile first = byVersion.putIfAbsent(file.version().text(), file);
            if (first != null) {
                failures.add(twins(first, file));
            }
        }
    }

    private static Failure twins(MigrationFile first, MigrationFile second) {
        String message = "version %s stands twice: %s of %s, and %s of %s"
                .formatted(first.version().text(), first.name(), first.source(), second.name(), second.source());
        String instead = second.version().isName()
                ? "give one of the two another name"
                : "give one of the two another number, such as "
                        + first.version().nameBehind(second.name());
        String hint = "the ledger knows a file by its version: " + instead;
        return new Failure(second.name(), 0, 0, null, Reason.InvalidSpec, message, hint);
    }
}
