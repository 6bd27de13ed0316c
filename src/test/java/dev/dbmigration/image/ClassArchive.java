package dev.dbmigration.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the class data sharing archive of the image by the image's own JVM: it runs the image's entrypoint on a real
 * database, dumps the classes that were loaded, and fails where that JVM then refuses the archive.
 */
public final class ClassArchive {

    private static final String SHARED = "-XX:SharedArchiveFile=";

    private final RootFileSystem image;
    private final Training training;

    private ClassArchive(RootFileSystem image, Training training) {
        this.image = image;
        this.training = training;
    }

    /** Arguments: the image's archive, a directory to work in, and where the archive goes. */
    public static void main(String[] args) throws IOException, InterruptedException {
        RootFileSystem image = RootFileSystem.unpack(Path.of(args[0]), Path.of(args[1], "root"));
        try (Training training = new Training(image)) {
            new ClassArchive(image, training).make(Path.of(args[2]));
        }
        // The embedded server leaves threads behind that are not daemons.
        System.exit(0);
    }

    private void make(Path target) throws IOException, InterruptedException {
        Set<String> classes = new LinkedHashSet<>();
        for (Training.Run each : Training.RUNS) {
            String list = "/" + each.name() + ".classes";
            run(each, "-XX:DumpLoadedClassList=" + list, "-Xshare:off");
            classes.addAll(Files.readAllLines(image.resolve(list)));
        }
        Files.write(image.resolve("/all.classes"), classes);
        String archive = archive();
        execute(List.of("-Xshare:dump", "-XX:SharedClassListFile=/all.classes", SHARED + archive), List.of());
        for (Training.Run each : Training.RUNS) {
            Duration without = run(each, "-Xshare:off");
            Duration with = run(each, "-Xshare:on", SHARED + archive);
            System.out.printf(
                    "%s: %d ms without sharing, %d ms with %d classes shared%n",
                    each.name(), without.toMillis(), with.toMillis(), classes.size());
        }
        Files.createDirectories(target.getParent());
        Files.copy(image.resolve(archive), target);
    }

    /** Where the entrypoint looks for it. */
    private String archive() {
        return image.entrypoint().stream()
                .filter(argument -> argument.startsWith(SHARED))
                .map(argument -> argument.substring(SHARED.length()))
                .findFirst()
                .orElseThrow();
    }

    private Duration run(Training.Run run, String... flags) throws IOException, InterruptedException {
        training.prepare(run);
        return execute(List.of(flags), List.of("runner", run.task(), run.directory()));
    }

    private Duration execute(List<String> flags, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(image.entrypoint());
        command.removeIf(argument -> argument.startsWith(SHARED));
        command.addAll(1, flags);
        command.addAll(arguments);
        long start = System.nanoTime();
        int exit = image.run(training.environment(), command);
        if (exit != 0) {
            throw new IOException("exit code " + exit + " of " + command);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
