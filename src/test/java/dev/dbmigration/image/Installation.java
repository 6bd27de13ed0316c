package dev.dbmigration.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The program where it is installed, and how it is started there. */
public interface Installation {

    /** The JVM with its flags and the main class, as the image states them; a task comes behind. */
    List<String> entrypoint();

    /** A folder that the program may write to, as the program calls it, without a slash behind. */
    String workplace();

    /** Where this process finds what the program calls by this path. */
    Path resolve(String path);

    /** Runs a command with the environment of the image and this besides; returns its exit code. */
    int run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException;
}
