package dev.dbmigration.runner.script;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is being read: a line, and on top of it the values of the variables that stand in it. No token goes from one of
 * them into the next, but an open quote does.
 */
final class Input {

    private record Frame(String variable, String text, int at) {}

    private final Deque<Frame> below = new ArrayDeque<>();
    private String variable;
    private String text = "";
    private int at;

    /** Begins a line, which comes without its line break. */
    void line(String line) {
        below.clear();
        variable = null;
        text = line;
        at = 0;
    }

    /** Goes on with the value of a variable, and behind it where we are now. */
    void enter(String name, String value) {
        below.push(new Frame(variable, text, at));
        variable = name;
        text = value;
        at = 0;
    }

    /** Whether we are within the value of this variable, however deep. */
    boolean isWithin(String name) {
        return name.equals(variable) || below.stream().anyMatch(frame -> name.equals(frame.variable()));
    }

    /** Whether anything is left; values that are read to their end are left by asking. */
    boolean more() {
        while (at >= text.length() && !below.isEmpty()) {
            Frame frame = below.pop();
            variable = frame.variable();
            text = frame.text();
            at = frame.at();
        }
        return at < text.length();
    }

    String text() {
        return text;
    }

    int at() {
        return at;
    }

    /** The character here; only where there is {@link #more}. */
    char here() {
        return text.charAt(at);
    }

    /** The character so far behind this one in the same text; NUL, which no text holds, where it ends before. */
    char ahead(int distance) {
        return at + distance < text.length() ? text.charAt(at + distance) : '\0';
    }

    void skip(int length) {
        at += length;
    }
}
