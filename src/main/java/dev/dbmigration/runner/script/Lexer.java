package dev.dbmigration.runner.script;

import dev.dbmigration.runner.script.Token.Kind;

/** Cuts SQL into tokens by the rules of the server's lexer. Not to be shared between threads. */
public final class Lexer {

    private final String text;
    private final boolean standardStrings;
    private int at;

    /** With {@code standard_conforming_strings} on. */
    public Lexer(String text) {
        this(text, true);
    }

    /** {@code standardStrings}: whether a backslash in a plain string is itself. */
    public Lexer(String text, boolean standardStrings) {
        this.text = text;
        this.standardStrings = standardStrings;
    }

    /**
     * The next token; null at the end.
     *
     * @throws Unterminated where a quote or comment is open at the end of the text
     */
    public Token next() {
        skipBlanksAndComments();
        if (at >= text.length()) {
            return null;
        }
        int start = at;
        return new Token(scan(text.charAt(at)), start, at);
    }

    private Kind scan(char c) {
        return switch (c) {
            case '\'' -> string(!standardStrings);
            case '"' -> quotedName();
            case '$' -> dollar();
            case ';' -> single(Kind.SEMICOLON);
            case '(' -> single(Kind.OPEN);
            case ')' -> single(Kind.CLOSE);
            case '\\' -> single(Kind.BACKSLASH);
            default -> scanByClass(c);
        };
    }

    private Kind scanByClass(char c) {
        // The other prefixes of strings (B X N U&) leave the rules of the quote as they are.
        if ((c == 'e' || c == 'E') && charAt(at + 1) == '\'') {
            at++;
            return string(true);
        }
        if (Characters.startsName(c)) {
            return word();
        }
        if (Characters.digit(c) || c == '.' && Characters.digit(charAt(at + 1))) {
            return number();
        }
        return single(Kind.OTHER);
    }

    private Kind single(Kind kind) {
        at++;
        return kind;
    }

    private Kind word() {
        while (at < text.length() && Characters.continuesName(text.charAt(at))) {
            at++;
        }
        return Kind.WORD;
    }

    private Kind number() {
        while (at < text.length() && Characters.continuesNumber(text.charAt(at))) {
            at++;
        }
        return Kind.NUMBER;
    }

    private Kind string(boolean backslashes) {
        int open = at;
        at = Quotes.endOfString(text, at, backslashes);
        if (at < 0) {
            throw new Unterminated("string", open);
        }
        return Kind.STRING;
    }

    private Kind quotedName() {
        int open = at;
        at = Quotes.endOfQuoted(text, at, '"', false);
        if (at < 0) {
            throw new Unterminated("quoted name", open);
        }
        return Kind.QUOTED_NAME;
    }

    private Kind dollar() {
        int open = at;
        String tag = Quotes.dollarTag(text, at);
        if (tag == null) {
            return single(Kind.OTHER);
        }
        int close = text.indexOf(tag, at + tag.length());
        if (close < 0) {
            throw new Unterminated("dollar quote " + tag, open);
        }
        at = close + tag.length();
        return Kind.DOLLAR_STRING;
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            if (Characters.blank(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                at = Quotes.endOfLine(text, at);
            } else if (text.startsWith("/*", at)) {
                at = endOfBlockComment();
            } else {
                return;
            }
        }
    }

    private int endOfBlockComment() {
        int end = Quotes.endOfBlockComment(text, at);
        if (end < 0) {
            throw new Unterminated("comment", at);
        }
        return end;
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    /** Something is still open at the end of the text, and was opened at {@code offset}. */
    public static final class Unterminated extends RuntimeException {
        private final String what;
        private final int offset;

        Unterminated(String what, int offset) {
            super("unterminated " + what);
            this.what = what;
            this.offset = offset;
        }

        public String what() {
            return what;
        }

        public int offset() {
            return offset;
        }
    }
}
