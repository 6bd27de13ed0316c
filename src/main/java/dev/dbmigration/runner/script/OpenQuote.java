package dev.dbmigration.runner.script;

import dev.dbmigration.runner.script.Token.Kind;

/** The quote or comment that is open, if one is: it may be so for many lines. */
final class OpenQuote {

    /** How it is read, and what a person calls it. */
    enum Form {
        NONE(null),
        /** A string has just ended; another one behind a line break would continue it. */
        AFTER_STRING(null),
        STRING("string"),
        ESCAPED_STRING("string"),
        /** Of bits: two quotes are no quote in it. */
        BITS("string"),
        NAME("quoted name"),
        DOLLAR("dollar quote"),
        COMMENT("comment");

        private final String name;

        Form(String name) {
            this.name = name;
        }
    }

    private final Input input;
    private final Query query;
    private final Pen pen;
    private Form form = Form.NONE;
    private Form continued = Form.NONE;
    private Boolean standardStrings;
    private String tag;
    private int depth;
    private int start;
    private int line;

    OpenQuote(Input input, Query query, Pen pen) {
        this.input = input;
        this.query = query;
        this.pen = pen;
    }

    /** Whether what follows is to be read here. */
    boolean reads() {
        return form != Form.NONE;
    }

    /** Whether it is open, so that a semicolon here would end nothing. */
    boolean isOpen() {
        return name() != null;
    }

    /** Whether it is open, and blanks here are part of what it quotes. */
    boolean keepsBlanks() {
        return isOpen() && form != Form.COMMENT;
    }

    /** What a person calls it; null where it is not open. */
    String name() {
        return form == Form.DOLLAR ? form.name + " " + tag : form.name;
    }

    /** The line of the file in which it began. */
    int line() {
        return line;
    }

    /** Opens with so many characters. */
    void begin(Form opened, int length) {
        form = opened;
        standardStrings = null;
        depth = 0;
        start = query.end();
        line = pen.line();
        pen.take(length);
    }

    /** Opens a string whose rules are those of {@code standard_conforming_strings}. */
    void beginPlain(boolean standard, int length) {
        begin(standard ? Form.STRING : Form.ESCAPED_STRING, length);
        standardStrings = standard;
    }

    void beginDollar(String opening) {
        tag = opening;
        begin(Form.DOLLAR, opening.length());
    }

    /** Reads on, to its end or that of the text. */
    void read() {
        switch (form) {
            case AFTER_STRING -> continueString();
            case STRING -> string(Quotes.endOfQuoted(input.text(), input.at() - 1, '\'', false));
            case ESCAPED_STRING -> string(Quotes.endOfQuoted(input.text(), input.at() - 1, '\'', true));
            case BITS -> string(input.text().indexOf('\'', input.at()) + 1);
            case NAME -> close(Quotes.endOfQuoted(input.text(), input.at() - 1, '"', false), Kind.QUOTED_NAME);
            case DOLLAR -> dollar();
            default -> comment();
        }
    }

    /** Takes the text up to {@code end}, which is not above 0 where the string stays open. */
    private void string(int end) {
        int until = end > 0 ? end : input.text().length();
        if (standardStrings != null && holdsBackslash(until)) {
            query.backslashInString(standardStrings);
        }
        Form string = form;
        close(end, Kind.STRING);
        if (end > 0) {
            continued = string;
            form = Form.AFTER_STRING;
        }
    }

    private boolean holdsBackslash(int until) {
        int i = input.at();
        while (i < until && input.text().charAt(i) != '\\') {
            i++;
        }
        return i < until;
    }

    private void close(int end, Kind kind) {
        pen.take((end > 0 ? end : input.text().length()) - input.at());
        if (end > 0) {
            query.token(kind, start);
            form = Form.NONE;
        }
    }

    /** A string goes on behind white space with a line break, which within a line is a carriage return. */
    private void continueString() {
        int next = Quotes.continuation(input.text(), input.at());
        if (next < 0) {
            form = Form.NONE;
        } else {
            pen.take(next + 1 - input.at());
            form = continued;
        }
    }

    private void dollar() {
        int end = input.text().indexOf(tag, input.at());
        close(end < 0 ? end : end + tag.length(), Kind.DOLLAR_STRING);
    }

    private void comment() {
        if (input.here() == '/' && input.ahead(1) == '*') {
            depth++;
            pen.take(2);
        } else if (input.here() == '*' && input.ahead(1) == '/') {
            pen.take(2);
            form = depth-- == 0 ? Form.NONE : form;
        } else {
            pen.take(1 + restOfComment());
        }
    }

    /** How much follows that neither opens nor ends a comment. */
    private int restOfComment() {
        int length = 0;
        while (input.ahead(1 + length) != '\0' && input.ahead(1 + length) != '/' && input.ahead(1 + length) != '*') {
            length++;
        }
        return length;
    }
}
