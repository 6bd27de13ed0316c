package dev.dbmigration.runner.words;

/** Text as SQL holds it. */
public final class SqlString {

    private SqlString() {}

    /** {@link #of}, or NULL. */
    public static String orNull(String text) {
        return text == null ? "NULL" : of(text);
    }

    /** An escape string: it reads the same whatever {@code standard_conforming_strings} and {@code backslash_quote} say. */
    public static String of(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
