package dev.dbmigration.runner.script;

/** Takes what is read over into the {@link Query}, with its line. */
final class Pen {

    private final Input input;
    private final Query query;
    private int line;

    Pen(Input input, Query query) {
        this.input = input;
        this.query = query;
    }

    /** What follows is of this line of the file. */
    void line(int number) {
        line = number;
    }

    int line() {
        return line;
    }

    /** Takes so many characters over. */
    void take(int length) {
        query.add(input.text(), input.at(), input.at() + length, line);
        input.skip(length);
    }

    /** Takes a token over. */
    void token(Token.Kind kind, int length) {
        int start = query.end();
        take(length);
        query.token(kind, start);
    }

    /** Takes the value of a variable over, which is not read again. */
    void value(String value) {
        int start = query.end();
        query.add(value, 0, value.length(), line);
        query.token(Token.Kind.OTHER, start);
    }
}
