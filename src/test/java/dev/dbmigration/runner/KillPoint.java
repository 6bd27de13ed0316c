package dev.dbmigration.runner;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where on its way a run is killed, as seen from the statement that matters. */
enum KillPoint {
    /** Of a statement outside transactions what is there has been noted. */
    BEFORE_STATEMENT,

    /** It waits for another session. */
    DURING,

    /** COPY: the server has some of the data, and waits for more. */
    AMIDST_DATA,

    /** The server has done it and noted nothing. */
    BEHIND_STATEMENT,

    /** The row of its step or of its file is written; that of a file that is one transaction is committed with it. */
    BEHIND_ROW,

    /** That row is committed, and nobody has heard of it. */
    BEHIND_COMMIT,

    /** All is committed but nothing is reported. */
    BEFORE_REPORT;

    private static final String COMMITS = "(?s)(.*\n)?COMMIT";

    boolean isOf(KilledStatement statement) {
        return switch (this) {
            case DURING -> statement.gate() != null;
            case AMIDST_DATA -> statement.message().startsWith("COPY");
            default -> true;
        };
    }

    /** The number, from 1 on, of the last message that the server gets, of those of a whole run. */
    int message(KilledStatement statement, List<String> messages) {
        int sent = messages.lastIndexOf(statement.message()) + 1;
        boolean copies = AMIDST_DATA.isOf(statement);
        return switch (this) {
            case BEFORE_STATEMENT -> sent - 1;
            case DURING -> throw new IllegalArgumentException("no message is sent then");
            case AMIDST_DATA -> next(messages, sent, "d");
            case BEHIND_STATEMENT -> copies ? next(messages, sent, "c") : sent;
            case BEHIND_ROW -> row(messages, sent);
            case BEHIND_COMMIT -> matching(messages, row(messages, sent) - 1, COMMITS);
            case BEFORE_REPORT -> last(messages, COMMITS);
        };
    }

    private static int next(List<String> messages, int behind, String text) {
        return matching(messages, behind, Pattern.quote(text));
    }

    private static int row(List<String> messages, int behind) {
        return matching(messages, behind, "(?s)(INSERT INTO|UPDATE) \"dbmigration\"\\..*");
    }

    private static int matching(List<String> messages, int behind, String pattern) {
        return IntStream.range(behind, messages.size())
                        .filter(i -> messages.get(i).matches(pattern))
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    private static int last(List<String> messages, String pattern) {
        return IntStream.range(0, messages.size())
                        .filter(i -> messages.get(i).matches(pattern))
                        .max()
                        .orElseThrow()
                + 1;
    }
}
