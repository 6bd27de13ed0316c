package dev.dbmigration.runner.script;

import java.util.regex.Pattern;

/** Whether a statement is a COPY from or to the client, and whether its data is text. */
enum CopyClause {
    /** No COPY, or one whose data the server reads or writes itself. */
    NONE,
    FROM_CLIENT,
    TO_CLIENT,
    /** From the client, in PostgreSQL's binary format, which no text file can hold. */
    BINARY_FROM_CLIENT;

    private static final Pattern BINARY =
            Pattern.compile("^\\s*(?:WITH\\s+)?BINARY\\b|\\bFORMAT\\s+['\"]?BINARY\\b", Pattern.CASE_INSENSITIVE);

    static CopyClause of(Words words) {
        if (!words.begin("COPY")) {
            return NONE;
        }
        for (int i = 1; i + 1 < words.outer().size(); i++) {
            Token token = words.outer().get(i);
            if (token.isWord(words.text(), "FROM") || token.isWord(words.text(), "TO")) {
                return direction(words, i);
            }
        }
        return NONE;
    }

    /** The server takes STDIN and STDOUT for the same. */
    private static CopyClause direction(Words words, int at) {
        Token end = words.outer().get(at + 1);
        boolean client = end.isWord(words.text(), "STDIN") || end.isWord(words.text(), "STDOUT");
        if (!client) {
            return NONE;
        }
        if (words.outer().get(at).isWord(words.text(), "TO")) {
            return TO_CLIENT;
        }
        return words.begin("COPY", "BINARY") || binary(words.text().substring(end.end()))
                ? BINARY_FROM_CLIENT
                : FROM_CLIENT;
    }

    private static boolean binary(String options) {
        return BINARY.matcher(options).find();
    }
}
