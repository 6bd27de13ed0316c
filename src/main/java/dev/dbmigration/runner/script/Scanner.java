package dev.dbmigration.runner.script;

import dev.dbmigration.runner.script.OpenQuote.Form;
import dev.dbmigration.runner.script.Token.Kind;

/**
 * Reads SQL as psql 15 does, line by line, up to what ends a statement, into the {@link Query}. Its rules are those of
 * PostgreSQL's lexer but for what comes of its lines: a string ends with its line where it is not open, so one that
 * continues it begins anew.
 */
final class Scanner {

    /** Why it stopped reading. */
    enum Stop {
        SEMICOLON,
        BACKSLASH,
        END_OF_LINE
    }

    private final Input input;
    private final Query query;
    private final Substitution substitution;
    private final Pen pen;
    private final OpenQuote quote;
    private boolean standardStrings = true;

    Scanner(Input input, Query query, Substitution substitution) {
        this.input = input;
        this.query = query;
        this.substitution = substitution;
        this.pen = new Pen(input, query);
        this.quote = new OpenQuote(input, query, pen);
    }

    /** Begins a line; what is open stays so. */
    void line(int number, boolean standard) {
        pen.line(number);
        standardStrings = standard;
    }

    /** The quote or comment in which it stopped. */
    OpenQuote quote() {
        return quote;
    }

    /** Reads on, as far as a semicolon that ends the statement, a backslash, or the end of the line. */
    Stop next() {
        Stop stop = null;
        while (stop == null && input.more()) {
            if (quote.reads()) {
                quote.read();
            } else {
                stop = plain(input.here());
            }
        }
        return stop == null ? Stop.END_OF_LINE : stop;
    }

    private Stop plain(char c) {
        switch (c) {
            case '\'' -> quote.beginPlain(standardStrings, 1);
            case '"' -> quote.begin(Form.NAME, 1);
            case '$' -> dollar();
            case '(' -> openParenthesis();
            case ')' -> closeParenthesis();
            case ':' -> colon();
            case ';' -> {
                return semicolon();
            }
            case '\\' -> {
                return backslash();
            }
            default -> plainByClass(c);
        }
        return null;
    }

    private void plainByClass(char c) {
        if (Characters.space(c)) {
            blank(endOfBlank());
        } else if (c == '-' && input.ahead(1) == '-') {
            blank(Quotes.endOfLine(input.text(), input.at()));
        } else if (c == '/' && input.ahead(1) == '*') {
            quote.begin(Form.COMMENT, 2);
        } else if (Characters.startsName(c)) {
            prefixOrWord(c);
        } else if (Characters.digit(c) || c == '.' && Characters.digit(input.ahead(1))) {
            pen.token(Kind.NUMBER, Numbers.end(input.text(), input.at()) - input.at());
        } else if (Characters.blank(c)) {
            pen.take(1);
        } else {
            pen.token(Kind.OTHER, 1);
        }
    }

    /** Letters that stand before a quote change its rules. */
    private void prefixOrWord(char c) {
        char letter = Character.toLowerCase(c);
        char next = input.ahead(1);
        if (letter == 'u' && next == '&') {
            unicode();
        } else if (letter == 'e' && next == '\'') {
            quote.begin(Form.ESCAPED_STRING, 2);
        } else if ((letter == 'b' || letter == 'x') && next == '\'') {
            quote.begin(Form.BITS, 2);
        } else if (letter == 'n' && next == '\'') {
            quote.beginPlain(standardStrings, 2);
        } else {
            word(Quotes.endOfName(input.text(), input.at()));
        }
    }

    private void unicode() {
        switch (input.ahead(2)) {
            case '\'' -> quote.begin(Form.STRING, 3);
            case '"' -> quote.begin(Form.NAME, 3);
            // No word to psql, which matters where it counts the first ones of a statement.
            default -> pen.token(Kind.WORD, 1);
        }
    }

    private void dollar() {
        String tag = Quotes.dollarTag(input.text(), input.at());
        if (tag != null) {
            quote.beginDollar(tag);
        } else {
            pen.token(Kind.OTHER, Characters.digit(input.ahead(1)) ? parameter() : 1);
        }
    }

    /** Length of {@code $1}, with the letters behind it. */
    private int parameter() {
        int length = 2;
        while (Characters.digit(input.ahead(length))) {
            length++;
        }
        boolean junk = Characters.startsName(input.ahead(length));
        return junk ? Quotes.endOfName(input.text(), input.at() + length) - input.at() : length;
    }

    private void openParenthesis() {
        query.nesting().open();
        pen.token(Kind.OPEN, 1);
    }

    private void closeParenthesis() {
        query.nesting().close();
        pen.token(Kind.CLOSE, 1);
    }

    private Stop semicolon() {
        if (!query.nesting().outermost()) {
            pen.token(Kind.SEMICOLON, 1);
            return null;
        }
        pen.take(1);
        return Stop.SEMICOLON;
    }

    private Stop backslash() {
        char next = input.ahead(1);
        input.skip(1);
        if (next == ';') {
            pen.token(Kind.SEMICOLON, 1);
            query.join();
        } else if (next == ':') {
            pen.token(Kind.OTHER, 1);
        } else {
            return Stop.BACKSLASH;
        }
        return null;
    }

    private void colon() {
        char next = input.ahead(1);
        if (next == ':' || next == '=') {
            pen.token(Kind.OTHER, 2);
            return;
        }
        Substitution.Found found = substitution.at(input.text(), input.at());
        if (found == null) {
            pen.token(Kind.OTHER, 1);
        } else {
            substitute(found);
        }
    }

    private void substitute(Substitution.Found found) {
        if (found.value() == null || found.again() && input.isWithin(found.name())) {
            pen.token(Kind.OTHER, found.length());
            return;
        }
        input.skip(found.length());
        if (found.again()) {
            input.enter(found.name(), found.value());
        } else {
            pen.value(found.value());
        }
    }

    private void word(int end) {
        query.nesting().word(input.text().substring(input.at(), end));
        pen.token(Kind.WORD, end - input.at());
    }

    private int endOfBlank() {
        int i = input.at();
        while (i < input.text().length() && Characters.space(input.text().charAt(i))) {
            i++;
        }
        return i;
    }

    /** Before the first thing that is not blank nor such a comment, psql keeps neither. */
    private void blank(int end) {
        if (query.isEmpty()) {
            input.skip(end - input.at());
        } else {
            pen.take(end - input.at());
        }
    }
}
