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
 * Makes the class data sharing archive of an installation by its own JVM: it runs the entrypoint on a real database,
 * dumps the classes that were loaded, and fails where that JVM then refuses the archive.
 */
public final class ClassArchive {

    private static final String SHARED = "-XX:SharedArchiveFile=";

    private final Installation installation;
    private final Training training;

    private ClassArchive(Installation installation, Training training) {
        this.installation = installation;
        this.training = training;
    }

    /** Arguments: the image's archive, a directory to work in, and where the archive goes. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path target = Path.of(args[2]);
        Path made = make(RootFileSystem.unpack(Path.of(args[0]), Path.of(args[1], "root")));
        Files.createDirectories(target.getParent());
        Files.copy(made, target);
        // The embedded server leaves threads behind that are not daemons.
        System.exit(0);
    }

    /** Makes it where the entrypoint looks for it, and returns where that is; needs a server, which it starts. */
    public static Path make(Installation installation) throws IOException, InterruptedException {
        try (Training training = new Training(installation)) {
            return new ClassArchive(installation, training).make();
        }
    }

    private Path make() throws IOException, InterruptedException {
        Set<String> classes = new LinkedHashSet<>();
        for (Training.Run each : Training.RUNS) {
            String list = installation.workplace() + "/" + each.name() + ".classes";
            run(each, "-XX:DumpLoadedClassList=" + list, "-Xshare:off");
            classes.addAll(Files.readAllLines(installation.resolve(list)));
        }
        String all = installation.workplace() + "/all.classes";
        Files.write(installation.resolve(all), classes);
        String archive = archive();
        execute(List.of("-Xshare:dump", "-XX:SharedClassListFile=" + all, SHARED + archive), List.of());
        for (Training.Run each : Training.RUNS) {
            Duration without = run(each, "-Xshare:off");
            Duration with = run(each, "-Xshare:on", SHARED + archive);
            System.err.printf(
                    "%s: %d ms without sharing, %d ms with %d classes shared%n",
                    each.name(), without.toMillis(), with.toMillis(), classes.size());
        }
        return installation.resolve(archive);
    }

    /** Where the entrypoint looks for it. */
    private String archive() {
        return installation.entrypoint().stream()
                .filter(argument -> argument.startsWith(SHARED))
                .map(argument -> argument.substring(SHARED.length()))
                .findFirst()
                .orElseThrow();
    }

    private Duration run(Training.Run run, String... flags) throws IOException, InterruptedException {
        training.prepare(run);
        return execute(List.of(flags), List.of("runner", run.task(), training.directory(run)));
    }

    private Duration execute(List<String> flags, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(installation.entrypoint());
        command.removeIf(argument -> argument.startsWith(SHARED));
        command.addAll(1, flags);
        command.addAll(arguments);
        long start = System.nanoTime();
        int exit = installation.run(training.environment(), command);
        if (exit != 0) {
            throw new IOException("exit code " + exit + " of " + command);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
