package dev.dbmigration.testing.psql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A query as a server would know it roughly: in lower case, quotes and comments replaced, cut at semicolons. */
final class Plain {

    private static final String STRING = "(?i:\\be)'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'";
    private static final String NAME = "\"(?:[^\"]|\"\")*\"";
    private static final String DOLLAR = "(?<![\\w$])(\\$\\w*\\$).*?\\1";
    private static final String COMMENT = "--[^\n]*|/\\*.*?\\*/";
    private static final Pattern OPAQUE = Pattern.compile(
            "(" + STRING + ")|" + NAME + "|" + DOLLAR.replace("\\1", "\\2") + "|(" + COMMENT + ")", Pattern.DOTALL);

    private static final Pattern PARENTHESES = Pattern.compile("\\([^()]*\\)");
    private static final Pattern COPY_IN = Pattern.compile("copy\\b.*\\sfrom\\s+(stdin|stdout)\\b.*", Pattern.DOTALL);
    private static final Pattern COPY_OUT = Pattern.compile("copy\\b.*\\bto\\s+(stdin|stdout)\\b.*", Pattern.DOTALL);

    private Plain() {}

    /** Strings that a setting may be read from are left. */
    static List<String> statements(String query) {
        String plain = OPAQUE.matcher(query).replaceAll(found -> {
            if (found.group(3) != null) {
                return " ";
            }
            boolean word = found.group(1) != null && found.group(1).matches("'\\w*'");
            return word ? found.group(1) : " q ";
        });
        return outside(plain, ';').stream()
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .toList();
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
