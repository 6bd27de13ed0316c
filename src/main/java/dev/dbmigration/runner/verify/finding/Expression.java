package dev.dbmigration.runner.verify.finding;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SQL expression as a person writes it beside the same one as PostgreSQL prints it. Blanks and case outside quotes,
 * parentheses around the whole and the type of a constant ({@code 'x'::text}, {@code '-1'::integer}) make no
 * difference; anything else does.
 */
public final class Expression {

    private static final Pattern TOKEN = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[^'\"]+");
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[a-z_][\\w$]*)";
    private static final String TYPE = "::" + NAME + "(?:\\." + NAME
            + ")?(?: varying| precision)?(?:\\([\\d, ]+\\))?(?: with(?:out)? time zone)?(?:\\[\\])*";
    private static final Pattern TYPED_CONSTANT = Pattern.compile("('(?:[^']|'')*')" + TYPE);
    private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";

    /** {@code (0)::numeric}, and in short {@code 0::numeric}; within quotes it would be text. */
    private static final Pattern TYPED_NUMBER =
            Pattern.compile("(?:\\((" + NUMBER + ")\\)|(?<![\\w.$])(" + NUMBER + "))" + TYPE);

    private static final Pattern QUOTED_NUMBER = Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'");

    private Expression() {}

    /** Whether both are the same, written in one way or another. */
    public static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String expression) {
        String untyped = TYPED_CONSTANT.matcher(folded(expression.strip())).replaceAll("$1");
        String bare = bare(outsideQuotes(untyped, Expression::withoutNumberTypes));
        Matcher number = QUOTED_NUMBER.matcher(bare);
        return number.matches() ? number.group(1) : bare;
    }

    private static String folded(String expression) {
        return outsideQuotes(expression, token -> ObjectName.folded(token).replaceAll("\\s+", " "));
    }

    private static String withoutNumberTypes(String token) {
        return TYPED_NUMBER
                .matcher(token)
                .replaceAll(number -> number.group(1) == null ? number.group(2) : number.group(1));
    }

    private static String outsideQuotes(String expression, UnaryOperator<String> change) {
        return TOKEN.matcher(expression)
                .replaceAll(token -> Matcher.quoteReplacement(
                        unquoted(token.group()) ? change.apply(token.group()) : token.group()));
    }

    private static String bare(String expression) {
        String bare = expression;
        while (bare.startsWith("(") && closing(bare) == bare.length() - 1) {
            bare = bare.substring(1, bare.length() - 1).strip();
        }
        return bare;
    }

    /** Where the parenthesis that the text begins with is closed; parentheses within quotes are text. */
    private static int closing(String expression) {
        int depth = 0;
        Matcher token = TOKEN.matcher(expression);
        while (token.find()) {
            for (int i = token.start(); i < token.end() && unquoted(token.group()); i++) {
                depth += expression.charAt(i) == '(' ? 1 : expression.charAt(i) == ')' ? -1 : 0;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean unquoted(String token) {
        return !token.startsWith("'") && !token.startsWith("\"");
    }
}
