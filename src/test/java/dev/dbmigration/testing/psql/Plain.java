package dev.dbmigration.testing.psql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A query as a server would know it roughly: in lower case, quotes and comments replaced, cut at semicolons. */
final class Plain {

    private static final String LETTER = "[A-Za-z_\u0080-\uffff]";
    private static final String WORD = LETTER + "[\\w$\u0080-\uffff]*+";
    private static final String NUMBER = "\\$\\d++(?:" + WORD
            + ")?|(?:\\d++(?:\\.(?!\\.)\\d*+)?|\\.\\d++)(?:[eE][-+](?:\\d++(?:" + WORD + ")?)?|" + WORD + ")?";

    // What is never closed goes on to the end.
    private static final String ESCAPED = "'(?:[^'\\\\]|\\\\.|'')*+(?:'|\\z)";
    private static final String STRING = "'(?:[^']|'')*+(?:'|\\z)";
    private static final String NAME = "\"[^\"]*+(?:\"|\\z)";
    private static final String DOLLAR = "(\\$(?:" + LETTER + "[\\w\u0080-\uffff]*)?\\$).*?(?:\\3|\\z)";
    private static final String COMMENT = "--[^\n\r]*|" + comments(6) + "|/\\*.*";
    private static final Pattern STANDARD = opaque(STRING);
    private static final Pattern OF_OLD = opaque(ESCAPED);

    private static final Pattern PARENTHESES = Pattern.compile("\\([^()]*\\)");
    private static final Pattern COPY_IN = Pattern.compile("copy\\b.*\\sfrom\\s+(stdin|stdout)\\b.*", Pattern.DOTALL);
    private static final Pattern COPY_OUT = Pattern.compile("copy\\b.*\\bto\\s+(stdin|stdout)\\b.*", Pattern.DOTALL);

    private Plain() {}

    /** Words and numbers are matched too, for what stands right behind them is no beginning; they have no group. */
    private static Pattern opaque(String string) {
        return Pattern.compile(
                "(" + string + ")|([eE]" + ESCAPED + "|" + NAME + ")|" + DOLLAR + "|(" + COMMENT + ")|" + NUMBER + "|"
                        + WORD,
                Pattern.DOTALL);
    }

    /** Comments that hold comments, so many levels. */
    private static String comments(int levels) {
        String within = levels == 0 ? "" : "|" + comments(levels - 1);
        return "/\\*(?:[^/*]++|/(?!\\*)|\\*(?!/)" + within + ")*+\\*/";
    }

    /** Strings that a setting may be read from are left. */
    static List<String> statements(String query, boolean standardStrings) {
        String plain = (standardStrings ? STANDARD : OF_OLD).matcher(query).replaceAll(Plain::shown);
        return outside(plain, ';').stream()
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String shown(MatchResult found) {
        if (found.group(4) != null) {
            return " ";
        }
        boolean word = found.group(1) != null && found.group(1).matches("'\\w*'");
        boolean opaque = found.group(1) != null || found.group(2) != null || found.group(3) != null;
        return opaque && !word ? " q " : Matcher.quoteReplacement(found.group());
    }

    /** The parts between separators that are not in parentheses. */
    private static List<String> outside(String plain, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            depth = Math.max(0, depth + (c == '(' ? 1 : c == ')' ? -1 : 0));
            if (c == separator && depth == 0) {
                parts.add(plain.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(plain.substring(start));
        return parts;
    }

    static boolean copiesFromClient(String statement) {
        return COPY_IN.matcher(outside(statement)).matches();
    }

    static boolean copiesToClient(String statement) {
        return COPY_OUT.matcher(outside(statement)).matches();
    }

    private static String outside(String statement) {
        String shorter = PARENTHESES.matcher(statement).replaceAll(" ");
        return shorter.equals(statement) ? statement : outside(shorter);
    }
}
