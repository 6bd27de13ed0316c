package dev.dbmigration.runner.words;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.ServerErrorMessage;

/**
 * Takes data out of what PostgreSQL says: text that stands in a literal of the failing statement; where the error is
 * about data (classes 22, 23 and P0, those of other languages and foreign tables, and whatever RAISE says) everything
 * between quotes that is not the name of an object; and of what RAISE says, its values.
 */
public final class Mask implements UnaryOperator<String> {

    private static final String HIDDEN = "…";
    private static final String SYNTAX_ERROR = "42601";
    private static final String RAISE = "exec_stmt_raise";
    private static final Set<String> ABOUT_DATA = Set.of("22", "23", "38", "39", "HV", "P0");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|(?<!\\w)'([^']*)'(?!\\w)");
    private static final Pattern SINGLE_QUOTED = Pattern.compile("(?<!\\w)'.*'(?!\\w)", Pattern.DOTALL);

    /** From here on a part of a literal is told from a word that merely stands in it too. */
    private static final int LONG = 8;

    private final String statement;
    private final Literals literals;
    private final Set<String> names;
    private final boolean raised;
    private final boolean aboutData;
    private final boolean nearData;

    private Mask(String statement, boolean standardStrings, String sqlState, ServerErrorMessage server) {
        this.statement = statement;
        this.literals = Literals.of(statement, standardStrings);
        this.names = names(server);
        String errorClass = sqlState == null || sqlState.length() < 2 ? "" : sqlState.substring(0, 2);
        this.raised = errorClass.equals("P0") || server != null && RAISE.equals(server.getRoutine());
        this.aboutData = raised || ABOUT_DATA.contains(errorClass);
        this.nearData = SYNTAX_ERROR.equals(sqlState) && server != null && server.getInternalQuery() != null;
    }

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
        return new Mask(statement == null ? "" : statement, standardStrings, sqlState, server);
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
                        .collect(Collectors.toSet());
    }

    @Override
    public String apply(String message) {
        return raised
                ? Raised.byFormat(literals.said(), message).orElseGet(() -> Raised.byLooks(hidden(message)))
                : hidden(message);
    }

    private String hidden(String message) {
        String masked = message;
        for (String literal : literals.found()) {
            if (!names.contains(literal) && contains(masked, literal)) {
                masked = whole(literal).matcher(masked).replaceAll(HIDDEN);
            }
        }
        if (aboutData) {
            return SINGLE_QUOTED.matcher(betweenQuotes(masked)).replaceAll("'" + HIDDEN + "'");
        }
        return QUOTED.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(quoted(found.group())));
    }

    /** From the first quote to the last one, since a value may hold quotes itself; names do not count. */
    private String betweenQuotes(String message) {
        String open = message;
        for (String name : names) {
            open = open.replace('"' + name + '"', " ".repeat(name.length() + 2));
        }
        int first = open.indexOf('"');
        int last = open.lastIndexOf('"');
        return first == last ? message : message.substring(0, first + 1) + HIDDEN + message.substring(last);
    }

    private String quoted(String found) {
        String value = found.substring(1, found.length() - 1);
        boolean foreign = nearData && !contains(statement, value);
        boolean hide = !names.contains(value) && (foreign || standsInLiteral(value));
        return hide ? found.charAt(0) + HIDDEN + found.charAt(0) : found;
    }

    /** As a whole word, or as so long a part of one that it was cut off. */
    private boolean standsInLiteral(String value) {
        return !value.isBlank()
                && literals.found().stream()
                        .anyMatch(literal -> whole(value).matcher(literal).find()
                                || value.length() >= LONG && contains(literal, value));
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /** Not the middle of a word: the literal 'a' is no reason to hide every a. Names come back folded. */
    private static Pattern whole(String text) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}_])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}_])", Pattern.CASE_INSENSITIVE);
    }
}
