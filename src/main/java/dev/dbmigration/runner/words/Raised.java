package dev.dbmigration.runner.words;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a RAISE made of its format: the words of its author, and values, which are hidden. */
final class Raised {

    private static final String HIDDEN = "…";

    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    private static final String PART_OF_WORD = "[^\\s\"'(),;:…]";

    /** A word such as an account, a date, an address; begun only where a word begins, since words may be very long. */
    private static final Pattern VALUE_LIKE =
            Pattern.compile("(?<!" + PART_OF_WORD + ")(?=" + PART_OF_WORD + "*?[\\d@])" + PART_OF_WORD + "++");

    private Raised() {}

    /** The message with its values hidden; empty where none of the formats made it. */
    static Optional<String> byFormat(Iterable<String> formats, String message) {
        for (String format : formats) {
            List<String> words = Stream.of(format.split("%(?!%)(?<!%%)", -1))
                    .map(part -> part.replace("%%", "%"))
                    .toList();
            if (words.stream().noneMatch(part -> LETTER.matcher(part).find())) {
                continue;
            }
            String pattern = words.stream().map(Pattern::quote).collect(Collectors.joining("(.*)"));
            Matcher made = Pattern.compile(pattern, Pattern.DOTALL).matcher(message);
            if (made.matches()) {
                return Optional.of(String.join(HIDDEN, words));
            }
        }
        return Optional.empty();
    }

    /** The same for a format that nobody knows here, in a function of the database: as well as can be. */
    static String byLooks(String message) {
        return VALUE_LIKE.matcher(message).replaceAll(HIDDEN);
    }
}
