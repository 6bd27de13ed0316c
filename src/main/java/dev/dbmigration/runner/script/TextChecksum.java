package dev.dbmigration.runner.script;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * SHA-256 of a file as it reads, whatever an editor or a version control did to its white space: the same for Windows
 * line breaks, without a byte order mark, with blanks at the ends of lines outside quotes, and without the last line
 * break. Only COPY data counts byte by byte, and a way down not at all.
 */
final class TextChecksum {

    private final MessageDigest digest = Checksum.sha256();
    /** SHA-256 of the COPY data behind this line. */
    private final List<String> data = new ArrayList<>();

    private String line;

    /** A line begins; it may end in {@code \r}, and has no {@code \n}. */
    void begins(String text) {
        line = text;
    }

    /** The line that has begun does not count. */
    void leaveOut() {
        line = null;
    }

    /** Of COPY data that lies behind the line which has begun. */
    void data(String checksum) {
        data.add(checksum);
    }

    /** The line has been read; {@code quoted}: it ends within a quote, where blanks matter. */
    void ends(boolean quoted) {
        if (line == null) {
            return;
        }
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        put((quoted ? text : withoutBlanks(text)) + "\n");
        // No text holds a NUL, so none is taken for data.
        data.forEach(checksum -> put("\0" + checksum));
        data.clear();
    }

    /** In hexadecimal; to be asked once, when the file has been read. */
    String value() {
        return Checksum.of(digest);
    }

    private void put(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        return text.substring(0, end);
    }
}
