package dev.dbmigration.runner.plpgsql;

import dev.dbmigration.runner.script.Lexer;
import dev.dbmigration.runner.script.Token;
import dev.dbmigration.runner.script.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The text of a body, read token by token from its beginning. Not to be shared between threads. */
final class Source {

    /** Signs that mean something of their own where their characters touch. */
    private static final Set<String> PAIRS = Set.of(":=", "..", "<<", ">>", "::", "=>");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Source(String text) {
        this.text = text;
        try {
            Lexer lexer = new Lexer(text);
            for (Token token = lexer.next(); token != null; token = lexer.next()) {
                add(token);
            }
        } catch (Lexer.Unterminated e) {
            throw new Unreadable(line(e.offset()), e.getMessage());
        }
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** Where it stands, for {@link #since} and {@link #lineOf}. */
    int mark() {
        return at;
    }

    /** Goes back to a mark. */
    void back(int mark) {
        at = mark;
    }

    /** Whether these words, outside quotes and in any case, or signs stand here. */
    boolean sees(String... words) {
        return seesAt(at, words);
    }

    /** The same behind so many more tokens. */
    boolean seesBehind(int tokensAhead, String... words) {
        return seesAt(at + tokensAhead, words);
    }

    /** Whether one of these words or signs stands here. */
    boolean seesAny(Set<String> words) {
        return !atEnd() && words.contains(folded(at));
    }

    /** Goes behind these words, where they stand here. */
    boolean take(String... words) {
        boolean there = sees(words);
        if (there) {
            at += words.length;
        }
        return there;
    }

    /** Goes behind these words, which must stand here. */
    void expect(String... words) {
        if (!take(words)) {
            throw unreadable(String.join(" ", words) + " expected");
        }
    }

    /** Goes behind the token that stands here. */
    void skip() {
        if (atEnd()) {
            throw unreadable("more expected");
        }
        at++;
    }

    boolean seesName() {
        return !atEnd() && isName(tokens.get(at));
    }

    boolean seesString() {
        return !atEnd() && (kind() == Kind.STRING || kind() == Kind.DOLLAR_STRING);
    }

    /** The name here as the catalogue has it; goes behind it. */
    String name() {
        if (!seesName()) {
            throw unreadable("a name expected");
        }
        return Identifiers.plain(tokens.get(at++).in(text));
    }

    /** The parts of the dotted name here; goes behind it. */
    List<String> dottedName() {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(name());
        } while (take("."));
        return parts;
    }

    /** Goes to the first of these outside parentheses and brackets, and gives the text before it. */
    Piece upTo(Set<String> ends) {
        int from = at;
        int depth = 0;
        while (depth > 0 || !seesAny(ends)) {
            String sign = atEnd() ? "" : folded(at);
            depth += sign.equals("(") || sign.equals("[") ? 1 : sign.equals(")") || sign.equals("]") ? -1 : 0;
            if (atEnd() || depth < 0) {
                throw unreadable(String.join(" or ", ends) + " expected");
            }
            at++;
        }
        return since(from);
    }

    /** The text between a mark and here. */
    Piece since(int mark) {
        return mark == at
                ? new Piece("", lineOf(mark))
                : new Piece(
                        text.substring(
                                tokens.get(mark).start(), tokens.get(at - 1).end()),
                        lineOf(mark));
    }

    /** Text of the body, without blanks and comments around it; {@code line} is where it begins. */
    record Piece(String text, int line) {

        boolean isEmpty() {
            return text.isEmpty();
        }
    }

    /** The offset in the text at which the token here begins. */
    int offset() {
        return atEnd() ? text.length() : tokens.get(at).start();
    }

    /** The offset behind the token before this. */
    int offsetBefore() {
        return tokens.get(at - 1).end();
    }

    int lineOf(int mark) {
        return line(mark < tokens.size() ? tokens.get(mark).start() : text.length());
    }

    Unreadable unreadable(String what) {
        return new Unreadable(lineOf(at), what);
    }

    private boolean seesAt(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (index + i >= tokens.size() || !folded(index + i).equals(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Words in upper case and signs as they are; a quoted name is never a word. */
    private String folded(int index) {
        String token = tokens.get(index).in(text);
        return tokens.get(index).kind() == Kind.WORD ? token.toUpperCase(Locale.ROOT) : token;
    }

    private Kind kind() {
        return tokens.get(at).kind();
    }

    private int line(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static boolean isName(Token token) {
        return token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_NAME;
    }

    /** The lexer takes {@code 1..n} for a number, and each sign alone. */
    private void add(Token token) {
        int dots = token.kind() == Kind.NUMBER ? token.in(text).indexOf("..") : -1;
        if (dots > 0) {
            int from = token.start() + dots;
            tokens.add(new Token(Kind.NUMBER, token.start(), from));
            tokens.add(new Token(Kind.OTHER, from, from + 2));
            addRest(from + 2, token.end());
        } else if (joins(token)) {
            Token first = tokens.remove(tokens.size() - 1);
            tokens.add(new Token(Kind.OTHER, first.start(), token.end()));
        } else {
            tokens.add(token);
        }
    }

    private void addRest(int from, int end) {
        if (from < end) {
            char first = text.charAt(from);
            tokens.add(new Token(Character.isDigit(first) ? Kind.NUMBER : Kind.WORD, from, end));
        }
    }

    private boolean joins(Token token) {
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        return last != null
                && last.kind() == Kind.OTHER
                && token.kind() == Kind.OTHER
                && last.end() == token.start()
                && PAIRS.contains(text.substring(last.start(), token.end()));
    }
}
