package dev.dbmigration.runner.script;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.zip.CRC32C;

/** COPY data on its way from the file; it fails instead of ending where it is not what was read before. */
final class CopyStream extends FilterInputStream {

    private final CRC32C checksum = new CRC32C();
    private final long expected;
    private long left;

    private CopyStream(InputStream in, CopyData data) {
        super(in);
        this.expected = data.checksum();
        this.left = data.length();
    }

    static CopyStream of(CopyData data) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(data.file());
        channel.position(data.offset());
        return new CopyStream(Channels.newInputStream(channel), data);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = left == 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            if (left > 0 || checksum.getValue() != expected) {
                throw new IOException("the file has changed meanwhile");
            }
            return -1;
        }
        checksum.update(bytes, offset, read);
        left -= read;
        return read;
    }
}
