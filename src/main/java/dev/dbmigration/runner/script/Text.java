package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a file: UTF-8 to the letter, a byte order mark left off. */
final class Text {

    private Text() {}

    static String decode(String file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw notUtf8(file, bytes, in.position());
        }
        String text = out.flip().toString();
        refuseNul(file, text);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static RunFailed notUtf8(String file, byte[] bytes, int offset) {
        boolean utf16 = bytes.length > 1 && (bytes[0] == -1 && bytes[1] == -2 || bytes[0] == -2 && bytes[1] == -1);
        return RunFailed.in(
                file,
                0,
                lineAt(bytes, offset),
                Reason.InvalidSpec,
                "the file is not UTF-8" + (utf16 ? ", but looks like UTF-16" : ""),
                "save it as UTF-8");
    }

    private static void refuseNul(String file, String text) {
        int offset = text.indexOf('\0');
        if (offset >= 0) {
            int line = new Lines(text).lineAt(offset);
            throw RunFailed.in(
                    file, 0, line, Reason.InvalidSpec, "the file holds a NUL character", "save it as plain UTF-8 text");
        }
    }

    private static int lineAt(byte[] bytes, int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
