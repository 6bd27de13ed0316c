package dev.dbmigration.runner.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How deep a statement stands in parentheses and in the body of a function written as {@code BEGIN ATOMIC … END}, as
 * far as psql knows: by the first words of the statement, and by words that are neither quoted nor in parentheses.
 */
final class Nesting {

    private static final int LEADING = 4;

    private final List<String> leading = new ArrayList<>(LEADING);
    private int parentheses;
    private int bodies;

    boolean outermost() {
        return parentheses == 0 && bodies == 0;
    }

    boolean inParentheses() {
        return parentheses > 0;
    }

    void open() {
        parentheses++;
    }

    void close() {
        parentheses = Math.max(0, parentheses - 1);
    }

    /** The words that follow are the first of a statement. */
    void statementBegins() {
        leading.clear();
    }

    /** Everything that is open is given up. */
    void reset() {
        leading.clear();
        parentheses = 0;
        bodies = 0;
    }

    void word(String word) {
        String upper = word.length() > "procedure".length() ? "" : word.toUpperCase(Locale.ROOT);
        if (leading.size() < LEADING) {
            leading.add(upper);
        }
        if (parentheses == 0 && createsRoutine()) {
            body(upper);
        }
    }

    private void body(String word) {
        if (word.equals("BEGIN")) {
            bodies++;
        } else if (bodies > 0 && word.equals("CASE")) {
            // CASE ends with END too.
            bodies++;
        } else if (bodies > 0 && word.equals("END")) {
            bodies--;
        }
    }

    private boolean createsRoutine() {
        int kind = leads(1, "OR") && leads(2, "REPLACE") ? 3 : 1;
        return leads(0, "CREATE") && (leads(kind, "FUNCTION") || leads(kind, "PROCEDURE"));
    }

    private boolean leads(int index, String word) {
        return leading.size() > index && leading.get(index).equals(word);
    }
}
