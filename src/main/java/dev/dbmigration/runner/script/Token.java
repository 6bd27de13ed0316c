package dev.dbmigration.runner.script;

/** A token of SQL, by its offsets in the text: {@code end} is exclusive. White space and comments are none. */
public record Token(Kind kind, int start, int end) {

    /** As far apart as splitting and masking need them, not as PostgreSQL's grammar does. */
    public enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        DOLLAR_STRING,
        NUMBER,
        SEMICOLON,
        OPEN,
        CLOSE,
        BACKSLASH,
        OTHER
    }

    /** The token as it stands in {@code text}. */
    public String in(String text) {
        return text.substring(start, end);
    }

    /** Whether it is this word outside quotes, in any case. */
    public boolean isWord(String text, String word) {
        return kind == Kind.WORD
                && end - start == word.length()
                && text.regionMatches(true, start, word, 0, word.length());
    }
}
