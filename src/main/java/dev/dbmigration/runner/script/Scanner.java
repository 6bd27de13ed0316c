package dev.dbmigration.runner.script;

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

    private enum State {
        PLAIN,
        AFTER_STRING,
        STRING,
        ESCAPED_STRING,
        BITS,
        NAME,
        DOLLAR,
        COMMENT
    }

    private final Input input;
    private final Query query;
    private final Substitution substitution;
    private State state = State.PLAIN;
    private State continued = State.PLAIN;
    private boolean standardStrings = true;
    private boolean plainQuote;
    private String tag;
    private int depth;
    private int line;
    private int openedAt;
    private int openedLine;

    Scanner(Input input, Query query, Substitution substitution) {
        this.input = input;
        this.query = query;
        this.substitution = substitution;
    }

    /** Begins a line; what is open stays so. */
    void line(int number, boolean standard) {
        line = number;
        standardStrings = standard;
    }

    /** Whether the line begins in a quote or a comment. */
    boolean inQuote() {
        return state != State.PLAIN && state != State.AFTER_STRING;
    }

    /** What is open, for a person; null where nothing is. */
    String open() {
        return switch (state) {
            case PLAIN, AFTER_STRING -> null;
            case STRING, ESCAPED_STRING, BITS -> "string";
            case NAME -> "quoted name";
            case DOLLAR -> "dollar quote " + tag;
            case COMMENT -> "comment";
        };
    }

    int openedLine() {
        return openedLine;
    }

    /** Reads on, as far as a semicolon that ends the statement, a backslash, or the end of the line. */
    Stop next() {
        while (input.more()) {
            Stop stop = state == State.PLAIN ? plain(input.here()) : within();
            if (stop != null) {
                return stop;
            }
        }
        return Stop.END_OF_LINE;
    }

    /** What follows is SQL again, outside quotes. */
    void reset() {
        state = State.PLAIN;
    }

    private Stop within() {
        switch (state) {
            case AFTER_STRING -> continueString();
            case STRING -> quoted(Quotes.endOfQuoted(input.text(), input.at() - 1, '\'', false));
            case ESCAPED_STRING -> quoted(Quotes.endOfQuoted(input.text(), input.at() - 1, '\'', true));
            case BITS -> quoted(input.text().indexOf('\'', input.at()) + 1);
            case NAME -> name(Quotes.endOfQuoted(input.text(), input.at() - 1, '"', false));
            case DOLLAR -> dollar();
            default -> comment();
        }
        return null;
    }

    private Stop plain(char c) {
        switch (c) {
            case '\'' -> beginPlainString(1);
            case '"' -> begin(State.NAME, 1);
            case '$' -> beginDollar();
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
            depth = 0;
            begin(State.COMMENT, 2);
        } else if (!prefix(c)) {
            rest(c);
        }
    }

    private void rest(char c) {
        if (Characters.startsName(c)) {
            word(Quotes.endOfName(input.text(), input.at()));
        } else if (Characters.digit(c) || c == '.' && Characters.digit(input.ahead(1))) {
            token(Kind.NUMBER, Numbers.end(input.text(), input.at()) - input.at());
        } else if (c == '\u000b') {
            emit(1);
        } else {
            token(Kind.OTHER, 1);
        }
    }

    /** The letters that may stand before a quote and change its rules. */
    private boolean prefix(char c) {
        char next = input.ahead(1);
        switch (Character.toLowerCase(c)) {
            case 'e' -> {
                return next == '\'' && begin(State.ESCAPED_STRING, 2);
            }
            case 'b', 'x' -> {
                return next == '\'' && begin(State.BITS, 2);
            }
            case 'n' -> {
                return next == '\'' && beginPlainString(2);
            }
            case 'u' -> {
                return next == '&' && beginUnicode();
            }
            default -> {
                return false;
            }
        }
    }

    private boolean beginUnicode() {
        return switch (input.ahead(2)) {
            case '\'' -> begin(State.STRING, 3);
            case '"' -> begin(State.NAME, 3);
            default -> {
                // No word to psql, which matters where it counts the first ones of a statement.
                token(Kind.WORD, 1);
                yield true;
            }
        };
    }

    private boolean beginPlainString(int length) {
        begin(standardStrings ? State.STRING : State.ESCAPED_STRING, length);
        plainQuote = true;
        return true;
    }

    private boolean begin(State quote, int length) {
        state = quote;
        plainQuote = false;
        openedAt = query.end();
        openedLine = line;
        emit(length);
        return true;
    }

    private void beginDollar() {
        String found = Quotes.dollarTag(input.text(), input.at());
        if (found != null) {
            tag = found;
            begin(State.DOLLAR, found.length());
        } else if (Characters.digit(input.ahead(1))) {
            parameter();
        } else {
            token(Kind.OTHER, 1);
        }
    }

    /** {@code $1}, with the letters behind it. */
    private void parameter() {
        int end = input.at() + 1;
        while (end < input.text().length() && Characters.digit(input.text().charAt(end))) {
            end++;
        }
        boolean junk = end < input.text().length()
                && Characters.startsName(input.text().charAt(end));
        token(Kind.OTHER, (junk ? Quotes.endOfName(input.text(), end) : end) - input.at());
    }

    /** Takes the text up to {@code end}, which is not above 0 where the quote stays open. */
    private void quoted(int end) {
        int start = input.at();
        int until = end > 0 ? end : input.text().length();
        if (plainQuote && input.text().substring(start, until).indexOf('\\') >= 0) {
            query.backslashInString(standardStrings);
        }
        emit(until - start);
        if (end > 0) {
            query.token(Kind.STRING, openedAt);
            continued = state;
            state = State.AFTER_STRING;
        }
    }

    /** A string goes on behind white space with a line break, which within a line is a carriage return. */
    private void continueString() {
        int next = Quotes.continuation(input.text(), input.at());
        if (next < 0) {
            state = State.PLAIN;
        } else {
            emit(next + 1 - input.at());
            state = continued;
        }
    }

    private void name(int end) {
        emit((end > 0 ? end : input.text().length()) - input.at());
        if (end > 0) {
            query.token(Kind.QUOTED_NAME, openedAt);
            state = State.PLAIN;
        }
    }

    private void dollar() {
        int close = input.text().indexOf(tag, input.at());
        emit((close < 0 ? input.text().length() : close + tag.length()) - input.at());
        if (close >= 0) {
            query.token(Kind.DOLLAR_STRING, openedAt);
            state = State.PLAIN;
        }
    }

    private void comment() {
        if (input.here() == '/' && input.ahead(1) == '*') {
            depth++;
            emit(2);
        } else if (input.here() == '*' && input.ahead(1) == '/') {
            emit(2);
            if (depth-- == 0) {
                state = State.PLAIN;
            }
        } else {
            emit(1 + restOfComment());
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

    private void openParenthesis() {
        query.nesting().open();
        token(Kind.OPEN, 1);
    }

    private void closeParenthesis() {
        query.nesting().close();
        token(Kind.CLOSE, 1);
    }

    private Stop semicolon() {
        boolean ends = query.nesting().outermost();
        if (!ends) {
            token(Kind.SEMICOLON, 1);
            return null;
        }
        emit(1);
        return Stop.SEMICOLON;
    }

    private Stop backslash() {
        char next = input.ahead(1);
        input.skip(1);
        if (next == ';') {
            token(Kind.SEMICOLON, 1);
            query.join();
        } else if (next == ':') {
            token(Kind.OTHER, 1);
        } else {
            return Stop.BACKSLASH;
        }
        return null;
    }

    private void colon() {
        char next = input.ahead(1);
        if (next == ':' || next == '=') {
            token(Kind.OTHER, 2);
            return;
        }
        Substitution.Found found = substitution.at(input.text(), input.at());
        if (found == null) {
            token(Kind.OTHER, 1);
        } else {
            substitute(found);
        }
    }

    private void substitute(Substitution.Found found) {
        if (found.value() == null || found.again() && input.isWithin(found.name())) {
            token(Kind.OTHER, found.length());
            return;
        }
        input.skip(found.length());
        if (found.again()) {
            input.enter(found.name(), found.value());
        } else {
            int start = query.end();
            query.add(found.value(), 0, found.value().length(), line);
            query.token(Kind.OTHER, start);
        }
    }

    private void word(int end) {
        query.nesting().word(input.text().substring(input.at(), end));
        token(Kind.WORD, end - input.at());
    }

    private void token(Kind kind, int length) {
        int start = query.end();
        emit(length);
        query.token(kind, start);
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
            emit(end - input.at());
        }
    }

    private void emit(int length) {
        query.add(input.text(), input.at(), input.at() + length, line);
        input.skip(length);
    }
}
