package dev.dbmigration.runner.script;

/**
 * One statement of a file, without its semicolon.
 *
 * @param ordinal from 1
 * @param line of its first token, from 1
 * @param keyword its first word in upper case; empty where it does not begin with one
 * @param text as psql would send it: without empty lines between its tokens, and with the values of variables
 * @param places of the text in the file
 * @param standardStrings what {@code standard_conforming_strings} has to be for the text to end where it does; null:
 *     either
 * @param copy null where it is no COPY from or to the client
 */
public record Statement(
        int ordinal,
        int line,
        String keyword,
        StatementKind kind,
        String text,
        Places places,
        Boolean standardStrings,
        Copy copy) {

    /**
     * A COPY from or to the client.
     *
     * @param data what to send; null: it is the server that sends
     */
    public record Copy(CopyData data) {}

    /** The same statement, known to run only outside a transaction. */
    public Statement outside() {
        return new Statement(ordinal, line, keyword, StatementKind.OUTSIDE, text, places, standardStrings, copy);
    }

    /** The line in the file of PostgreSQL's error position, which counts characters of the statement from 1. */
    public int lineAt(int position) {
        int characters = Math.max(0, Math.min(position - 1, text.codePointCount(0, text.length())));
        return places.lineAt(text.offsetByCodePoints(0, characters));
    }
}
