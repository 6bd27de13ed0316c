package dev.dbmigration.runner.script;

/** The character classes of PostgreSQL's lexer; everything beyond ASCII belongs to names. */
final class Characters {

    private Characters() {}

    static boolean blank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\u000b';
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean startsName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '\u0080';
    }

    static boolean continuesName(char c) {
        return startsName(c) || digit(c) || c == '$';
    }

    /** Generous: 0x1F, 1_000 and 1.5e3 are one token each, and so is the junk that the server will refuse. */
    static boolean continuesNumber(char c) {
        return digit(c) || c == '.' || startsName(c);
    }
}
