package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/**
 * A file, line by line and once: UTF-8 to the letter, a byte order mark left off. No more of it is held than a line, and
 * nothing of COPY data.
 */
final class FileLines implements Closeable {

    private static final int CHUNK = 1 << 16;

    /** The longest line that ends COPY data: {@code \.} and a Windows line break. */
    private static final int TERMINATOR = 4;

    private final Path path;
    private final String file;
    private final InputStream in;
    private final MessageDigest digest = Checksum.sha256();
    private final TextChecksum text = new TextChecksum();
    private final byte[] buffer = new byte[CHUNK];
    private int from;
    private int to;
    private long bytesBefore;
    private int number;
    private Utf8 letters = new Utf8();

    /**
     * Opens a file.
     *
     * @param name what a person calls it
     * @throws IOException where it cannot be read
     */
    FileLines(String name, Path path) throws IOException {
        this.path = path;
        this.file = name;
        this.in = Files.newInputStream(path);
    }

    String file() {
        return file;
    }

    /** Number of the line that was read last, from 1. */
    int number() {
        return number;
    }

    /**
     * The next line without its {@code \n}; null behind the last.
     *
     * @throws RunFailed where it is not text
     */
    String next() throws IOException {
        if (!ensure(1)) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean ended = false;
        while (!ended && ensure(1)) {
            int end = endOfPiece();
            ended = buffer[end - 1] == '\n';
            line.write(buffer, from, end - from - (ended ? 1 : 0));
            take(end, null);
        }
        refuseUnfinishedLetter();
        String read = line.toString(StandardCharsets.UTF_8);
        String plain = number == 1 && read.startsWith("\uFEFF") ? read.substring(1) : read;
        text.begins(plain);
        return plain;
    }

    /** The line that was read last does not count for how the file reads. */
    void leaveOut() {
        text.leaveOut();
    }

    /** The line that was read last has been understood; {@code quoted}: it ends within a quote. */
    void lineEnds(boolean quoted) {
        text.ends(quoted);
    }

    /**
     * Passes over the COPY data that begins with the next line, and over the line {@code \.} that ends it.
     *
     * @throws RunFailed where it is not text
     */
    CopyData copyData() throws IOException {
        long offset = bytesBefore + from;
        int line = number + 1;
        Data data = new Data(new CRC32C(), Checksum.sha256());
        while (ensure(1) && terminator() == 0) {
            number++;
            passLine(data);
        }
        long length = bytesBefore + from - offset;
        if (ensure(1)) {
            number++;
            take(from + terminator(), null);
        }
        text.data(Checksum.of(data.sha256()));
        return new CopyData(path, offset, length, line, data.crc().getValue());
    }

    /** What the file is known by, when it has been read; to be asked once. {@code variables}: as in {@link Sums}. */
    Sums sums(String variables) {
        return new Sums(Checksum.of(digest), text.value(), variables);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void passLine(Data data) throws IOException {
        boolean ended = false;
        while (!ended && ensure(1)) {
            int end = endOfPiece();
            ended = buffer[end - 1] == '\n';
            take(end, data);
        }
        refuseUnfinishedLetter();
    }

    /** Length of the line {@code \.} here, with its line break; 0 where another line, or none, begins here. */
    private int terminator() throws IOException {
        ensure(TERMINATOR);
        if (to - from < 2 || buffer[from] != '\\' || buffer[from + 1] != '.') {
            return 0;
        }
        int end = from + 2;
        if (end < to && buffer[end] == '\r') {
            end++;
        }
        if (end < to && buffer[end] == '\n') {
            return end + 1 - from;
        }
        return end == to ? end - from : 0;
    }

    /** Behind the next line break, or the end of what is in the buffer. */
    private int endOfPiece() {
        int i = from;
        while (i < to) {
            if (buffer[i++] == '\n') {
                return i;
            }
        }
        return to;
    }

    private void take(int end, Data data) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == 0) {
                throw refused("the file holds a NUL character", "save it as plain UTF-8 text");
            }
            if (!letters.accepts(buffer[i])) {
                throw notUtf8();
            }
        }
        if (data != null) {
            data.crc().update(buffer, from, end - from);
            data.sha256().update(buffer, from, end - from);
        }
        from = end;
    }

    private void refuseUnfinishedLetter() {
        if (!letters.isComplete()) {
            throw notUtf8();
        }
    }

    /** Whether at least so many bytes, below a chunk, are in the buffer; false: the file ends before. */
    private boolean ensure(int bytes) throws IOException {
        while (to - from < bytes) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            bytesBefore += from;
            to -= from;
            from = 0;
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                return false;
            }
            digest.update(buffer, to, read);
            to += read;
        }
        return true;
    }

    private RunFailed notUtf8() {
        boolean utf16 = bytesBefore == 0
                && number == 1
                && to > 1
                && (buffer[0] == -1 && buffer[1] == -2 || buffer[0] == -2 && buffer[1] == -1);
        return refused("the file is not UTF-8" + (utf16 ? ", but looks like UTF-16" : ""), "save it as UTF-8");
    }

    private RunFailed refused(String message, String hint) {
        return RunFailed.in(file, 0, number, Reason.InvalidSpec, message, hint);
    }

    /** Checksums of COPY data: one to know it again when it is sent, one for the file's. */
    private record Data(CRC32C crc, MessageDigest sha256) {}
}
