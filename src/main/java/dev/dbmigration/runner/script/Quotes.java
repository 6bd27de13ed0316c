package dev.dbmigration.runner.script;

/** Where quotes and comments end: each method takes the offset of the opening and returns the one after, or -1. */
final class Quotes {

    private Quotes() {}

    /** A string and those that continue it after a line break, which keep the first one's rules for backslashes. */
    static int endOfString(String text, int open, boolean backslashes) {
        int end = endOfQuoted(text, open, '\'', backslashes);
        while (end > 0) {
            int next = continuation(text, end);
            if (next < 0) {
                return end;
            }
            end = endOfQuoted(text, next, '\'', backslashes);
        }
        return end;
    }

    /**
     * The offset of the quote by which a string goes on: behind white space and comments that hold a line break, or -1.
     */
    static int continuation(String text, int from) {
        boolean lineBreak = false;
        int i = from;
        while (i < text.length()) {
            if (text.startsWith("--", i)) {
                i = endOfLine(text, i);
            } else if (Characters.blank(text.charAt(i))) {
                lineBreak |= Characters.lineBreak(text.charAt(i++));
            } else {
                return lineBreak && text.charAt(i) == '\'' ? i : -1;
            }
        }
        return -1;
    }

    static int endOfQuoted(String text, int open, char quote, boolean backslashes) {
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && backslashes) {
                i += 2;
            } else if (c != quote) {
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return -1;
    }

    /** {@code $tag$} as it stands at {@code start}, or null where that is no dollar quote. */
    static String dollarTag(String text, int start) {
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != '$') {
            char c = text.charAt(i);
            boolean allowed = i == start + 1 ? Characters.startsName(c) : Characters.continuesName(c);
            if (!allowed) {
                return null;
            }
            i++;
        }
        return i < text.length() ? text.substring(start, i + 1) : null;
    }

    /** Block comments nest. */
    static int endOfBlockComment(String text, int open) {
        int depth = 0;
        int i = open;
        while (i + 1 < text.length()) {
            if (text.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return -1;
    }

    /** The offset behind the letters, digits and dollar signs from here, which is never missing. */
    static int endOfName(String text, int from) {
        int i = from;
        while (i < text.length() && Characters.continuesName(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The offset of the line's end, which is never missing. */
    static int endOfLine(String text, int from) {
        int i = from;
        while (i < text.length() && !Characters.lineBreak(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
