package dev.dbmigration.runner.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Where in a file the data of a {@code COPY … FROM STDIN} lies; it is read when it is sent, never held whole.
 *
 * @param offset of its first byte
 * @param length in bytes, without the line {@code \.} that may end it
 * @param line of its first byte, from 1
 * @param checksum its CRC-32C, by which a file that has changed since is noticed
 */
public record CopyData(Path file, long offset, long length, int line, long checksum) {

    /** The data; reading fails, instead of coming to the end, where the file is not what it was. */
    public InputStream open() throws IOException {
        return CopyStream.of(this);
    }
}
