package dev.dbmigration.runner.script;

/**
 * One statement of a file, without its semicolon.
 *
 * @param ordinal from 1
 * @param line of its first token, from 1
 * @param keyword its first word in upper case; empty where it does not begin with one
 */
public record Statement(int ordinal, int line, String keyword, StatementKind kind, String text) {

    /** The same statement, known to run only outside a transaction. */
    public Statement outside() {
        return new Statement(ordinal, line, keyword, StatementKind.OUTSIDE, text);
    }

    /** The line in the file of PostgreSQL's error position, which counts characters of the statement from 1. */
    public int lineAt(int position) {
        int characters = Math.max(0, Math.min(position - 1, text.codePointCount(0, text.length())));
        int end = text.offsetByCodePoints(0, characters);
        return line
                + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
