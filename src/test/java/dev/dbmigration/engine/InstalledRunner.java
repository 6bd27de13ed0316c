package dev.dbmigration.engine;

import dev.dbmigration.image.ClassArchive;
import dev.dbmigration.image.Installation;
import dev.dbmigration.runner.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * This project's runner as in the image: the packaged jar with the image's flags and an archive of classes made in the
 * image's way, but by this machine's JVM.
 *
 * @param start the image's entrypoint, with the jar and the archive of this machine
 * @param folder where it may write
 */
record InstalledRunner(Entrypoint start, Path folder) implements Contender, Installation {

    /** Makes its archive of classes in the folder. */
    static InstalledRunner of(Path pom, Path jar, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Entrypoint start = Entrypoint.of(pom).with(jar, folder.resolve("classes.jsa"));
        InstalledRunner runner = new InstalledRunner(start, folder);
        ClassArchive.make(runner);
        return runner;
    }

    @Override
    public String name() {
        return "runner";
    }

    @Override
    public String version() {
        return "(jar, archive of classes)";
    }

    @Override
    public void prepare(Load load, Path folder) {
        RunDirectory run = new RunDirectory(folder);
        for (int number = 1; number <= load.files().size(); number++) {
            run.sql("%04d.sql".formatted(number), load.files().get(number - 1));
        }
        run.write();
    }

    @Override
    public Command apply(Path folder, Target target) {
        Map<String, String> environment = new HashMap<>(target.environment());
        environment.put("DBMIGRATION_REPORT_PATH", folder.resolve("report").toString());
        return command(environment, "apply", folder.toString());
    }

    /** One of its tasks, with variables beside the image's. */
    Command command(Map<String, String> variables, String... task) {
        List<String> words = new ArrayList<>(start.words());
        words.add("runner");
        words.addAll(List.of(task));
        Map<String, String> environment = new HashMap<>(start.environment());
        environment.putAll(variables);
        return new Command(words, environment);
    }

    @Override
    public List<String> entrypoint() {
        return start.words();
    }

    @Override
    public String workplace() {
        return folder.toString();
    }

    @Override
    public Path resolve(String path) {
        return Path.of(path);
    }

    @Override
    public int run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(start.environment());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }
}
