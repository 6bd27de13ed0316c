package dev.dbmigration.runner.script;

import java.util.Locale;

/** A Boolean setting as people write it, for the server or for psql: on, true, yes, 1, their opposites and short forms. */
final class Switch {

    private Switch() {}

    /** Null where it is neither. */
    static Boolean parse(String value) {
        String v = value.toLowerCase(Locale.ROOT);
        if (v.equals("on") || v.equals("1") || isShort(v, "true") || isShort(v, "yes")) {
            return true;
        }
        boolean off = v.equals("0") || v.length() > 1 && isShort(v, "off") || isShort(v, "false") || isShort(v, "no");
        return off ? false : null;
    }

    private static boolean isShort(String value, String word) {
        return !value.isEmpty() && word.startsWith(value);
    }
}
