package dev.dbmigration.runner.plpgsql;

import dev.dbmigration.runner.script.Lexer;
import dev.dbmigration.runner.script.Token;
import dev.dbmigration.runner.script.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names in SQL text: how they stand there, and how the catalogue has them. */
public final class Identifiers {

    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[A-Za-z_\\x{80}-\\x{10FFFF}][\\w$\\x{80}-\\x{10FFFF}]*)";
    private static final Pattern DOTTED = Pattern.compile("(?:\\$\\d+|" + NAME + "(?:\\s*\\.\\s*" + NAME + ")*)");
    private static final Pattern PART = Pattern.compile("\\$\\d+|" + NAME);

    private Identifiers() {}

    /**
     * A name with what qualifies it, as it stands in a text.
     *
     * @param parts as the catalogue has them
     * @param ends the offset in the text behind each part
     */
    public record Dotted(List<String> parts, List<Integer> ends) {

        /** The offset behind the whole. */
        public int end() {
            return ends.get(ends.size() - 1);
        }
    }

    /** As the catalogue has it: without quotes, or folded to lower case. */
    public static String plain(String written) {
        return written.startsWith("\"") && written.length() > 1
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
    }

    /** In quotes, so that it is read letter for letter. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The parts of a dotted name, each in quotes. */
    public static String quoted(List<String> parts) {
        return parts.stream().map(Identifiers::quoted).collect(Collectors.joining("."));
    }

    /** The offset of the first {@code $1} or the like outside quotes; -1: there is none. */
    public static int positional(String text) {
        Lexer lexer = new Lexer(text);
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            int end = token.end();
            boolean dollar = token.kind() == Kind.OTHER && token.in(text).equals("$");
            if (dollar && end < text.length() && Character.isDigit(text.charAt(end))) {
                return token.start();
            }
        }
        return -1;
    }

    /** The dotted name, or the positional parameter, that begins at this offset; null: there is none. */
    public static Dotted at(String text, int offset) {
        Matcher dotted = DOTTED.matcher(text).region(offset, text.length());
        if (!dotted.lookingAt()) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        Matcher part = PART.matcher(text).region(offset, dotted.end());
        while (part.find()) {
            parts.add(plain(part.group()));
            ends.add(part.end());
        }
        return new Dotted(parts, ends);
    }
}
