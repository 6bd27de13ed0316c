package dev.dbmigration.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The program of our image that copies migrations out of other images. */
final class CopyProgram {

    private CopyProgram() {}

    /** A shell script that does the same, so that a scenario needs no C compiler. */
    static String standIn() {
        try (InputStream script = CopyProgram.class.getResourceAsStream("/copy/stand-in.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
