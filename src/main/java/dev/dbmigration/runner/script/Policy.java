package dev.dbmigration.runner.script;

import java.io.IOException;

/** What is to be done with what a {@link Splitter} meets in a file, in the order of the file. */
interface Policy {

    /** What becomes of the statement that a command stands in, or behind. */
    enum Then {
        /** It goes on behind the command. */
        KEEP,
        /** It ends here, as by a semicolon. */
        SEND,
        /** It is forgotten. */
        CLEAR,
        /** It goes on with the next line. */
        SKIP_LINE,
        /** The file ends here. */
        QUIT
    }

    /** What becomes of a line. */
    enum Line {
        /** It is read. */
        READ,
        /** It is passed over; no quote may be open. */
        PASS,
        /** So it is, and it ends the statement before it, as the end of the file does. */
        END
    }

    /** What to do with the next line, which is no COPY data. */
    default Line line(String text, int number) {
        return Line.READ;
    }

    /** The value of a variable of psql's; null where it has none. */
    String variable(String name);

    /** {@code standard_conforming_strings}, as the next line is to be read. */
    boolean standardStrings();

    /**
     * A statement, which may be no more than a comment.
     *
     * @param lines at the end of the line in which the statement ends: where its COPY data begins
     * @param semicolon whether the query ends with the semicolon that ends the statement
     */
    void statement(Query query, FileLines lines, boolean semicolon) throws IOException;

    /** One of psql's own commands; of its arguments those that are not asked for are passed over. */
    Then command(Command command, Query query, FileLines lines) throws IOException;

    /**
     * The file, or what of it is to be read, ends within a quote or comment that began in this line; what was read is a
     * statement all the same.
     */
    void open(String what, int line);
}
