package dev.dbmigration.runner.script;

import java.util.ArrayList;
import java.util.List;

/** A statement as it is sent: its tokens by the server's own rules, asked for by place. */
public record StatementWords(String text, List<Token> tokens) {

    /** The words of one statement. */
    public static StatementWords of(String statement) {
        List<Token> tokens = new ArrayList<>();
        Lexer lexer = new Lexer(statement, true);
        try {
            for (Token token = lexer.next(); token != null; token = lexer.next()) {
                tokens.add(token);
            }
        } catch (Lexer.Unterminated e) {
            // Strings of the old kind, or psql has split it otherwise; the words before that have to do.
        }
        return new StatementWords(statement, tokens);
    }

    /** Whether the statement begins with these words, outside quotes and in any case. */
    public boolean begin(String... words) {
        return at(0, words);
    }

    /** Whether these words stand somewhere in it, one after the other. */
    public boolean contain(String... words) {
        for (int i = 0; i + words.length <= tokens.size(); i++) {
            if (at(i, words)) {
                return true;
            }
        }
        return false;
    }

    /** The tokens that stand in no parentheses, which are left out themselves. */
    public StatementWords outermost() {
        List<Token> outermost = new ArrayList<>();
        int depth = 0;
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.OPEN) {
                depth++;
            } else if (token.kind() == Token.Kind.CLOSE) {
                depth--;
            } else if (depth == 0) {
                outermost.add(token);
            }
        }
        return new StatementWords(text, outermost);
    }

    /** The index of the first token that is this word; -1: it is none of them. */
    public int indexOf(String word) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isWord(text, word)) {
                return i;
            }
        }
        return -1;
    }

    /** The name that begins at {@code index}, as it stands there, with what qualifies it; empty: there is none. */
    public String nameAt(int index) {
        if (index < 0 || index >= tokens.size()) {
            return "";
        }
        int last = index;
        while (last + 2 < tokens.size() && tokens.get(last + 1).in(text).equals(".")) {
            last += 2;
        }
        return text.substring(tokens.get(index).start(), tokens.get(last).end());
    }

    /** Into how many parts commas divide it that stand in no parentheses and no brackets. */
    public int parts() {
        int parts = 1;
        int depth = 0;
        for (Token token : outermost().tokens()) {
            switch (token.in(text)) {
                case "[" -> depth++;
                case "]" -> depth--;
                case "," -> parts += depth == 0 ? 1 : 0;
                default -> {}
            }
        }
        return parts;
    }

    /** How many tokens. */
    public int size() {
        return tokens.size();
    }

    /** Whether this word stands at {@code index}. */
    public boolean hasAt(int index, String word) {
        return at(index, word);
    }

    private boolean at(int index, String... words) {
        if (index + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(index + i).isWord(text, words[i])) {
                return false;
            }
        }
        return true;
    }
}
