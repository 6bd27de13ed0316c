package dev.dbmigration.runner.verify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SQL expression as a person writes it beside the same one as PostgreSQL prints it. Blanks and case outside quotes,
 * parentheses around the whole and the type of a constant ({@code 'x'::text}, {@code '-1'::integer}) make no
 * difference; anything else does.
 */
final class Expression {

    private static final Pattern TOKEN = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[^'\"]+");
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[a-z_][\\w$]*)";
    private static final Pattern TYPED_CONSTANT = Pattern.compile("('(?:[^']|'')*')::" + NAME + "(?:\\." + NAME
            + ")?(?: varying| precision)?" + "(?:\\([\\d, ]+\\))?(?: with(?:out)? time zone)?(?:\\[\\])*");
    private static final Pattern QUOTED_NUMBER = Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'");

    private Expression() {}

    static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String expression) {
        String untyped = TYPED_CONSTANT.matcher(folded(expression.strip())).replaceAll("$1");
        String bare = bare(untyped);
        Matcher number = QUOTED_NUMBER.matcher(bare);
        return number.matches() ? number.group(1) : bare;
    }

    private static String folded(String expression) {
        return TOKEN.matcher(expression).replaceAll(token -> Matcher.quoteReplacement(foldedToken(token.group())));
    }

    private static String foldedToken(String token) {
        boolean quoted = token.startsWith("'") || token.startsWith("\"");
        return quoted ? token : ObjectName.folded(token).replaceAll("\\s+", " ");
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
