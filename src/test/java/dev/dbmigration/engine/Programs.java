package dev.dbmigration.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that are run on the side, before anything is measured. */
final class Programs {

    private Programs() {}

    /**
     * What a program says, on both of its outputs.
     *
     * @throws LeftOut where it cannot be started, or fails
     */
    static String said(List<String> command) throws LeftOut {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            if (code != 0) {
                throw new LeftOut(command.get(0) + " failed with " + code + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new LeftOut(e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
