package dev.dbmigration.runner.words;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a string of SQL stands for, and how it looks: a syntax error repeats it as it is written, any other one its value.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS">constants</a>
 */
final class Strings {

    /** A string goes on after a line break. */
    private static final Pattern CONTINUED = Pattern.compile("'[ \\t\\f]*[\\n\\r]\\s*'");

    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(?:u(?=[0-9A-Fa-f]{4})|U(?=[0-9A-Fa-f]{8}))"
                    + "((?<=u)[0-9A-Fa-f]{4}|(?<=U)[0-9A-Fa-f]{8})|(.))",
            Pattern.DOTALL);

    private static final Pattern UNICODE = Pattern.compile("\\\\(?:\\+([0-9A-Fa-f]{6})|([0-9A-Fa-f]{4}))");

    private Strings() {}

    /** The forms of a string token, with its quotes, an {@code E} before them or not, and the server's settings any. */
    static Set<String> forms(String token) {
        int open = token.indexOf('\'');
        String written = token.substring(open + 1, token.length() - 1);
        String plain = CONTINUED.matcher(written).replaceAll("").replace("''", "'");
        Set<String> forms = new LinkedHashSet<>();
        forms.add(written);
        forms.add(plain);
        forms.add(unicode(plain));
        forms.add(unescaped(plain));
        return forms;
    }

    /** What stands between two tags. */
    static String dollarBody(String token) {
        int tag = token.indexOf('$', 1) + 1;
        return token.substring(tag, token.length() - tag);
    }

    /** Those of a U&amp;'' string; where such a sequence stands for itself, this is a form too many. */
    private static String unicode(String text) {
        return UNICODE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(codePoint(hex(found), found.group())));
    }

    private static String hex(MatchResult found) {
        return found.group(1) != null ? found.group(1) : found.group(2);
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(meant(found)));
    }

    private static String meant(MatchResult escape) {
        if (escape.group(1) != null) {
            return codePoint(escape.group(1), escape.group());
        }
        if (escape.group(2) != null) {
            return Character.toString(Integer.parseInt(escape.group(2), 8));
        }
        if (escape.group(3) != null) {
            return codePoint(escape.group(3), escape.group());
        }
        return switch (escape.group(4)) {
            case "b" -> "\b";
            case "f" -> "\f";
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            default -> escape.group(4);
        };
    }

    private static String codePoint(String hex, String otherwise) {
        long code = Long.parseLong(hex, 16);
        return code <= Character.MAX_CODE_POINT ? Character.toString((int) code) : otherwise;
    }
}
