package dev.dbmigration.runner.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Tells the server beside the runner that it may go, by a file in a directory that both of them see. */
public final class ScratchEnd {

    /** Variable with the directory; absent: there is no such server. */
    static final String DIRECTORY = "DBMIGRATION_SCRATCH_SIGNALS";

    private ScratchEnd() {}

    /**
     * Nothing more is wanted of the server, whatever came of the run.
     *
     * @return why it could not be told; null: it was, or there is none
     */
    public static String tell(Map<String, String> variables) {
        String directory = variables.get(DIRECTORY);
        if (directory == null) {
            return null;
        }
        try {
            Files.writeString(Path.of(directory).resolve("end"), "");
            return null;
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }
}
