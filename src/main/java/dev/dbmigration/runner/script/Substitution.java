package dev.dbmigration.runner.script;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** psql's variables where they are used: {@code :x}, {@code :'x'}, {@code :"x"} and <code>:{?x}</code>. */
final class Substitution {

    private static final String NAME = "([A-Za-z0-9_\u0080-\uffff]+)";

    private static final Pattern USE =
            Pattern.compile(":" + NAME + "|:'" + NAME + "'|:\"" + NAME + "\"|:\\{\\?" + NAME + "\\}");

    /**
     * A variable that is used.
     *
     * @param value what to put there; null: leave what stands there
     * @param again whether the value is read as if it stood there, and may use variables itself
     */
    record Found(String name, int length, String value, boolean again) {}

    private final UnaryOperator<String> variables;

    /** {@code variables} answers with a value, or null. */
    Substitution(UnaryOperator<String> variables) {
        this.variables = variables;
    }

    /** The use that begins at {@code start} with a colon; null: none does. */
    Found at(String text, int start) {
        Matcher use = USE.matcher(text).region(start, text.length());
        if (!use.lookingAt()) {
            return null;
        }
        int form = 1;
        while (use.group(form) == null) {
            form++;
        }
        String name = use.group(form);
        return new Found(name, use.end() - start, inForm(form, variables.apply(name)), form == 1);
    }

    private static String inForm(int form, String value) {
        if (form == 4) {
            return value == null ? "FALSE" : "TRUE";
        }
        if (value == null) {
            return null;
        }
        return switch (form) {
            case 2 -> literal(value);
            case 3 -> '"' + value.replace("\"", "\"\"") + '"';
            default -> value;
        };
    }

    /** As libpq quotes it: with a backslash in it, as an escape string, which reads alike under every setting. */
    private static String literal(String value) {
        String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
        return value.indexOf('\\') < 0 ? quoted : " E" + quoted;
    }
}
