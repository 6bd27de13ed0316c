package dev.dbmigration.runner.script;

import dev.dbmigration.report.Masking;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What would take a migration back. It is never run; the ledger keeps it with what was applied, for whoever has to.
 *
 * @param lines of the migration's own file, such as {@code lines 4 to 9}; empty where it is a file of its own
 * @param text as it stands there, with the markers of its tool; null: there is none, or it is not kept
 * @param notKept why not; null: it is kept, or there is none
 */
public record WayDown(List<String> lines, String text, String notKept) {

    /** The longest that is kept, in bytes of UTF-8: 1 MiB. */
    static final int MOST = 1 << 20;

    /** There is no way down. */
    static final WayDown NONE = new WayDown(List.of(), null, null);

    public WayDown {
        lines = List.copyOf(lines);
    }

    /** These lines of a file. */
    static WayDown of(List<String> lines, String text) {
        return lines.isEmpty() ? NONE : judged(lines, text.getBytes(StandardCharsets.UTF_8).length, text);
    }

    /** A file of its own; one that cannot be read is in nobody's way. */
    static WayDown in(Path file) {
        try {
            long size = Files.size(file);
            return judged(List.of(), size, size > MOST ? null : decoded(Files.readAllBytes(file)));
        } catch (CharacterCodingException e) {
            return notKept("it is not UTF-8");
        } catch (IOException e) {
            return notKept("it cannot be read");
        }
    }

    static WayDown notKept(String why) {
        return new WayDown(List.of(), null, why);
    }

    private static WayDown judged(List<String> lines, long bytes, String text) {
        String why = null;
        if (bytes > MOST) {
            why = "it is longer than 1 MiB";
        } else if (text.indexOf('\0') >= 0) {
            why = "it holds a NUL character";
        } else if (!Masking.mask(text).equals(text)) {
            why = "it holds what looks like a credential";
        }
        return new WayDown(lines, why == null ? text : null, why);
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Why it is not run, as the log has it. */
    String ignored() {
        return "a way down" + (notKept == null ? "" : "; the ledger does not keep it, since " + notKept);
    }
}
