package dev.dbmigration.runner.words;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.ServerErrorMessage;

/**
 * Takes data out of what PostgreSQL says: text that stands in a literal of the failing statement, and, where the class
 * of the error is about data (22, 23, P0), every quoted value that is not the name of an object.
 */
public record Mask(Set<String> literals, boolean quotedToo, Set<String> names) implements UnaryOperator<String> {

    private static final String HIDDEN = "…";
    private static final Set<String> ABOUT_DATA = Set.of("22", "23", "P0");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|(?<!\\w)'([^']*)'(?!\\w)");

    /**
     * The mask for an error.
     *
     * @param statement text of the statement that failed; null: none is to blame
     */
    public static Mask of(String statement, String sqlState, ServerErrorMessage server) {
        return of(statement, true, sqlState, server);
    }

    /**
     * The mask for an error.
     *
     * @param statement text of the statement that failed; null: none is to blame
     * @param standardStrings whether a backslash in its plain strings was itself
     */
    public static Mask of(String statement, boolean standardStrings, String sqlState, ServerErrorMessage server) {
        boolean aboutData = sqlState != null && ABOUT_DATA.contains(sqlState.substring(0, 2));
        Set<String> literals = statement == null ? Set.of() : Literals.of(statement, standardStrings);
        return new Mask(literals, aboutData, names(server));
    }

    private static Set<String> names(ServerErrorMessage server) {
        return server == null
                ? Set.of()
                : Stream.of(
                                server.getSchema(),
                                server.getTable(),
                                server.getColumn(),
                                server.getConstraint(),
                                server.getDatatype())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public String apply(String message) {
        String masked = QUOTED.matcher(message).replaceAll(found -> Matcher.quoteReplacement(quoted(found.group())));
        for (String literal : literals) {
            if (masked.contains(literal) && !names.contains(literal)) {
                masked = whole(literal).matcher(masked).replaceAll(HIDDEN);
            }
        }
        return masked;
    }

    private String quoted(String found) {
        String value = found.substring(1, found.length() - 1);
        boolean hide = !names.contains(value) && (quotedToo || standsInLiteral(value));
        return hide ? found.charAt(0) + HIDDEN + found.charAt(0) : found;
    }

    private boolean standsInLiteral(String value) {
        return !value.isEmpty() && literals.stream().anyMatch(whole(value).asPredicate());
    }

    /** Not the middle of a word: the literal 'a' is no reason to hide every a. */
    private static Pattern whole(String text) {
        return Pattern.compile("(?<![\\p{L}\\p{N}_])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}_])");
    }
}
