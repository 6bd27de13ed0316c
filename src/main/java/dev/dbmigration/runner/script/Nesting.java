package dev.dbmigration.runner.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How deep one statement stands in parentheses and in the body of a function written as {@code BEGIN ATOMIC … END}. */
final class Nesting {

    private static final int LEADING = 4;

    private final String text;
    private final List<String> leading = new ArrayList<>(LEADING);
    private int parentheses;
    private int bodies;

    Nesting(String text) {
        this.text = text;
    }

    boolean outermost() {
        return parentheses == 0 && bodies == 0;
    }

    void enter(Token token) {
        switch (token.kind()) {
            case OPEN -> parentheses++;
            case CLOSE -> parentheses = Math.max(0, parentheses - 1);
            case WORD -> word(token);
            default -> {}
        }
    }

    private void word(Token token) {
        if (leading.size() < LEADING) {
            leading.add(token.in(text).toUpperCase(Locale.ROOT));
        }
        if (parentheses == 0 && createsRoutine()) {
            body(token);
        }
    }

    private void body(Token token) {
        if (token.isWord(text, "begin")) {
            bodies++;
        } else if (bodies > 0 && token.isWord(text, "case")) {
            // CASE ends with END too.
            bodies++;
        } else if (bodies > 0 && token.isWord(text, "end")) {
            bodies--;
        }
    }

    private boolean createsRoutine() {
        int kind = leading.size() > 2
                        && leading.get(1).equals("OR")
                        && leading.get(2).equals("REPLACE")
                ? 3
                : 1;
        return leading.size() > kind
                && leading.get(0).equals("CREATE")
                && (leading.get(kind).equals("FUNCTION") || leading.get(kind).equals("PROCEDURE"));
    }
}
