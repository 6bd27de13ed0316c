package dev.dbmigration.testing.psql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code standard_conforming_strings} of a session, transactions and all. */
final class Setting {

    private static final Pattern SET = Pattern.compile(
            "set\\s+(?:session\\s+|(local)\\s+)?standard_conforming_strings\\s*(?:=|\\bto\\b)\\s*'?(\\w+)'?");

    private static final Pattern RESET =
            Pattern.compile("reset\\s+standard_conforming_strings|reset\\s+all|discard\\s+all");

    private boolean now = true;
    private boolean session = true;
    private boolean before = true;

    boolean isOn() {
        return now;
    }

    /** Notes what a statement does; whether the setting changed. */
    boolean follow(String statement) {
        boolean was = now;
        Matcher set = SET.matcher(statement);
        if (set.matches()) {
            now = !set.group(2).matches("off|false|no|0|f|n");
            session = set.group(1) == null ? now : session;
        } else if (RESET.matcher(statement).matches()) {
            now = true;
            session = true;
        } else {
            transaction(statement);
        }
        return was != now;
    }

    private void transaction(String statement) {
        if (statement.matches("(?s)begin.*|start\\s+transaction.*")) {
            before = session;
        } else if (statement.matches("(?s)(commit|end)\\b.*")) {
            now = session;
        } else if (statement.matches("(?s)(rollback|abort)\\b.*") && !statement.matches("(?s)rollback.*\\bto\\b.*")) {
            session = before;
            now = session;
        }
    }
}
