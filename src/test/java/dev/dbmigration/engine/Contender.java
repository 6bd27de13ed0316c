package dev.dbmigration.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tool that brings files to a database, as a process of its own. */
interface Contender {

    /** Without its version. */
    String name();

    /** What a table says behind the name: which version it is, or how it is run. */
    String version();

    /** Writes the load in the tool's own format into an empty folder. */
    void prepare(Load load, Path folder) throws IOException;

    /** Brings what was prepared there. */
    Command apply(Path folder, Target target);

    /** What is run once all is there; a tool that remembers is simply run again. */
    default Command nothing(Path folder, Target target) {
        return apply(folder, target);
    }

    /**
     * Writes each file of a load into a folder, which is made.
     *
     * @param name a format of the file's name, which gets its number from 1
     * @param content a format of what it holds, which gets its number and its statements
     */
    static void write(Load load, Path folder, String name, String content) throws IOException {
        Files.createDirectories(folder);
        for (int number = 1; number <= load.files().size(); number++) {
            String statements = load.files().get(number - 1);
            Files.writeString(folder.resolve(name.formatted(number)), content.formatted(number, statements));
        }
    }
}
