package dev.dbmigration.runner.script;

import java.util.List;

/**
 * A statement as the rules look at it: its first tokens, asked for by place.
 *
 * @param outer those outside parentheses, which reach further
 */
record Words(String text, List<Token> tokens, List<Token> outer) {

    /** Without white space and comments around it, up to what the tokens reach. */
    String statement() {
        return text.substring(
                tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** Whether the statement begins with these words, outside quotes and in any case. */
    boolean begin(String... words) {
        return at(tokens, 0, words);
    }

    /** Whether these words stand somewhere in it outside parentheses, one after the other. */
    boolean contain(String... words) {
        for (int i = 0; i + words.length <= outer.size(); i++) {
            if (at(outer, i, words)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the token at this place is this one, in any case, in quotes or not. */
    boolean is(int index, String word) {
        return plain(index).equalsIgnoreCase(word);
    }

    /** The token at this place without its quotes; empty where there is none. */
    String plain(int index) {
        return index < tokens.size() ? plain(tokens.get(index)) : "";
    }

    /** A token without its quotes. */
    String plain(Token token) {
        String word = token.in(text);
        boolean quoted = token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.QUOTED_NAME;
        return quoted && word.length() > 1 ? word.substring(1, word.length() - 1) : word;
    }

    private boolean at(List<Token> among, int index, String... words) {
        if (index + words.length > among.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!among.get(index + i).isWord(text, words[i])) {
                return false;
            }
        }
        return true;
    }
}
