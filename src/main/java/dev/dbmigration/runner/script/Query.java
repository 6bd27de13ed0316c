package dev.dbmigration.runner.script;

import java.util.ArrayList;
import java.util.List;

/** A statement while it is being read: the text as psql sends it, and the tokens by which rules know it. */
final class Query {

    /** Enough for every rule, and little beside the text of a statement with a million values. */
    private static final int TOKENS = 512;

    private final StringBuilder text = new StringBuilder();
    private final Nesting nesting = new Nesting();
    private List<Token> tokens = new ArrayList<>();
    private List<Token> outer = new ArrayList<>();
    private Places places = new Places();
    private boolean joined;
    private boolean backslashInString;
    private boolean standardStrings = true;

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** The offset of what is added next. */
    int end() {
        return text.length();
    }

    /** Adds a part that stands in this line of the file. */
    void add(CharSequence from, int start, int end, int line) {
        places.add(text.length(), line);
        text.append(from, start, end);
    }

    /** Adds the break between two lines that are not empty. */
    void lineBreak() {
        text.append('\n');
    }

    /** Takes the last character off again. */
    void takeBack() {
        text.setLength(text.length() - 1);
    }

    /** What stands from {@code start} to the end is a token. */
    void token(Token.Kind kind, int start) {
        if (tokens.size() < TOKENS) {
            tokens.add(new Token(kind, start, text.length()));
        }
        if (outer.size() < TOKENS && !nesting.inParentheses()) {
            outer.add(new Token(kind, start, text.length()));
        }
    }

    /** A plain string holds a backslash: where it ends depends on {@code standard_conforming_strings}. */
    void backslashInString(boolean standard) {
        backslashInString = true;
        standardStrings = standard;
    }

    /** A {@code \;} ended a statement within the text. */
    void join() {
        joined = true;
        nesting.statementBegins();
    }

    Nesting nesting() {
        return nesting;
    }

    boolean isJoined() {
        return joined;
    }

    /** What {@code standard_conforming_strings} has to be for this text to mean what it was taken for; null: either. */
    Boolean standardStrings() {
        return backslashInString ? standardStrings : null;
    }

    /** The line of what stands at an offset. */
    int lineAt(int offset) {
        return places.lineAt(offset);
    }

    Places places() {
        return places;
    }

    /** Everything as it was added. */
    String text() {
        return text.toString();
    }

    Words words() {
        return new Words(text(), tokens, outer);
    }

    /** Makes room for the next statement. */
    void clear() {
        text.setLength(0);
        if (text.capacity() > 1 << 20) {
            text.trimToSize();
        }
        tokens = new ArrayList<>();
        outer = new ArrayList<>();
        places = new Places();
        joined = false;
        backslashInString = false;
        nesting.statementBegins();
    }
}
