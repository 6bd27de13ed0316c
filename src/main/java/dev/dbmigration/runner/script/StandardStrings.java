package dev.dbmigration.runner.script;

/**
 * {@code standard_conforming_strings} as a file sets it, which decides where its strings end. What the file does not
 * say, such as the default of a role, is not known here: before a statement whose text depends on it the server is
 * asked.
 */
final class StandardStrings {

    private static final String NAME = "standard_conforming_strings";

    private boolean now = true;
    private boolean session = true;
    private boolean beforeTransaction = true;

    /** Whether a backslash in a plain string is itself. */
    boolean on() {
        return now;
    }

    /** Notes what a statement does, supposed that it succeeds. */
    void follow(Words words) {
        if (words.begin("SET")) {
            set(words);
        } else if (words.begin("RESET", "ALL") || words.begin("DISCARD", "ALL") || words.begin("RESET", NAME)) {
            assign("on", false);
        } else if (words.begin("SELECT")) {
            call(words);
        } else {
            transaction(words);
        }
    }

    private void set(Words words) {
        boolean local = words.begin("SET", "LOCAL");
        int name = local || words.begin("SET", "SESSION") ? 2 : 1;
        boolean assigns = words.is(name, NAME) && (words.is(name + 1, "=") || words.is(name + 1, "TO"));
        if (assigns) {
            assign(words.plain(name + 2), local);
        }
    }

    /** {@code SELECT set_config('standard_conforming_strings', 'off', false)}, alone and with literals. */
    private void call(Words words) {
        int at = words.is(1, "pg_catalog") && words.is(2, ".") ? 3 : 1;
        boolean sets = words.is(at, "set_config") && words.is(at + 1, "(") && words.is(at + 2, NAME);
        if (sets) {
            assign(words.plain(at + 4), Boolean.TRUE.equals(Switch.parse(words.plain(at + 6))));
        }
    }

    private void assign(String value, boolean local) {
        Boolean on = value.equalsIgnoreCase("default") ? Boolean.TRUE : Switch.parse(value);
        if (on != null) {
            now = on;
            session = local ? session : on;
        }
    }

    private void transaction(Words words) {
        if (words.begin("BEGIN") || words.begin("START", "TRANSACTION")) {
            beforeTransaction = session;
        } else if (words.begin("COMMIT") || words.begin("END")) {
            now = session;
        } else if (words.begin("ABORT") || words.begin("ROLLBACK") && !words.contain("TO")) {
            session = beforeTransaction;
            now = session;
        }
    }
}
