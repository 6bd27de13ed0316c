package dev.dbmigration.runner.script;

/** The character classes of PostgreSQL's lexer and of psql's; everything beyond ASCII belongs to names. */
final class Characters {

    private Characters() {}

    static boolean blank(char c) {
        return space(c) || c == '\u000b';
    }

    /** What psql 15 takes for white space; the server knows the vertical tab too, since 16. */
    static boolean space(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
    }

    static boolean lineBreak(char c) {
        return c == '\n' || c == '\r';
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

    /** The name of a variable of psql's may begin with a digit. */
    static boolean inVariable(char c) {
        return startsName(c) || digit(c);
    }

    /** Generous: 0x1F, 1_000 and 1.5e3 are one token each, and so is the junk that the server will refuse. */
    static boolean continuesNumber(char c) {
        return digit(c) || c == '.' || startsName(c);
    }
}
