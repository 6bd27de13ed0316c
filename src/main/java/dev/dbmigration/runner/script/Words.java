package dev.dbmigration.runner.script;

import java.util.List;

/** A statement as the rules look at it: its tokens, asked for by place. */
record Words(String text, List<Token> tokens) {

    String statement() {
        return text.substring(
                tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
    }

    /** Whether the statement begins with these words, outside quotes and in any case. */
    boolean begin(String... words) {
        return at(0, words);
    }

    /** Whether these words stand somewhere in it, one after the other. */
    boolean contain(String... words) {
        for (int i = 0; i + words.length <= tokens.size(); i++) {
            if (at(i, words)) {
                return true;
            }
        }
        return false;
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
