package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.Policy.Then;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Those of psql's own commands that a file of ours may hold, and the refusal of the others. Keeps the state of a file. */
final class Commands {

    private static final String KEY = "[A-Za-z0-9]+";

    private final String file;
    private final Supplier<String> database;
    private final Map<String, String> variables;
    /** Those that came from outside and were used, with their values. */
    private final Map<String, String> used = new TreeMap<>();

    private final Set<String> set = new HashSet<>();
    private final List<Echo> echoes = new ArrayList<>();
    private String restriction;

    Commands(String file, Parameters parameters) {
        this.file = file;
        this.database = parameters.database();
        this.variables = new HashMap<>(parameters.variables());
    }

    /** Null where it has no value. */
    String variable(String name) {
        String value = variables.get(name);
        if (value != null && !set.contains(name)) {
            used.put(name, value);
        }
        return value;
    }

    /** SHA-256 of the values from outside that were used, by name; empty where there were none. */
    String variablesUsed() {
        if (used.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        used.forEach((name, value) ->
                text.append(name).append('=').append(Checksum.of(value)).append('\n'));
        return Checksum.of(text.toString());
    }

    List<Echo> echoes() {
        return echoes;
    }

    /**
     * Follows a command.
     *
     * @param ordinal of the statement that it stands in or before
     * @throws RunFailed where we do not
     */
    Then follow(Command command, int ordinal) {
        if (restriction != null && !command.name().equals("unrestrict")) {
            throw refused(
                    command, ordinal, " stands behind \\restrict", "put it behind the \\unrestrict of the same key");
        }
        switch (command.name()) {
            case "echo" -> echoes.add(new Echo(ordinal, command.line(), echo(command)));
            case "set" -> set(command, ordinal);
            case "c", "connect" -> connect(command, ordinal);
            case "restrict" -> restriction = key(command, ordinal);
            case "unrestrict" -> unrestrict(command, ordinal);
            default ->
                throw refused(command, ordinal, " is not SQL, and only psql knows it", Instead.of(command.shownName()));
        }
        checkArguments(command, ordinal);
        return Then.KEEP;
    }

    private static String echo(Command command) {
        List<String> words = arguments(command);
        boolean noLineBreak = !words.isEmpty() && words.get(0).equals("-n");
        return String.join(" ", noLineBreak ? words.subList(1, words.size()) : words);
    }

    private void set(Command command, int ordinal) {
        List<String> words = arguments(command);
        if (words.isEmpty() || !words.get(0).chars().allMatch(c -> Characters.inVariable((char) c))) {
            throw refused(command, ordinal, " names no variable", "write a name of letters, digits and underscores");
        }
        String value = String.join("", words.subList(1, words.size()));
        String instead = Special.refusal(words.get(0), value);
        if (instead != null) {
            throw refused(command, ordinal, " " + words.get(0) + " to this value is not supported", instead);
        }
        variables.put(words.get(0), value);
        set.add(words.get(0));
    }

    /** psql begins a new session there, and so does each file: only behind a statement is there a difference. */
    private void connect(Command command, int ordinal) {
        List<String> words = arguments(command);
        boolean same = words.isEmpty()
                || words.get(0).equals("-")
                || !words.get(0).isEmpty() && words.get(0).equals(database.get());
        boolean others = words.stream().skip(1).anyMatch(word -> !word.equals("-"));
        if (!same || others) {
            throw refused(
                    command,
                    ordinal,
                    " to another database, role or server is not supported",
                    "name them in the resource; one run is one database and one role");
        }
        if (ordinal > 1) {
            throw refused(
                    command,
                    ordinal,
                    " behind a statement is not supported: a file is one transaction of one session",
                    "split the file here; each begins with a session like new");
        }
    }

    private String key(Command command, int ordinal) {
        String key = command.argument();
        if (key == null || !key.replaceFirst(";+$", "").matches(KEY)) {
            throw refused(command, ordinal, " has no key", "leave the lines as pg_dump wrote them, or take them out");
        }
        return key.replaceFirst(";+$", "");
    }

    private void unrestrict(Command command, int ordinal) {
        String key = key(command, ordinal);
        if (!key.equals(restriction)) {
            throw refused(
                    command,
                    ordinal,
                    restriction == null ? " stands behind no \\restrict" : " has another key than its \\restrict",
                    "leave the lines as pg_dump wrote them, or take them out");
        }
        restriction = null;
    }

    private static List<String> arguments(Command command) {
        List<String> arguments = new ArrayList<>();
        for (String argument = command.argument(); argument != null; argument = command.argument()) {
            arguments.add(argument);
        }
        return arguments;
    }

    private void checkArguments(Command command, int ordinal) {
        if (command.usesShell()) {
            throw refused(command, ordinal, " with a shell command is not supported", "take the backquotes out");
        }
        if (command.isUnfinished()) {
            throw refused(command, ordinal, " has a quote that its line does not close", "close it, or take it out");
        }
    }

    private RunFailed refused(Command command, int ordinal, String why, String instead) {
        String what = "psql's own command \\" + command.shownName() + why;
        return RunFailed.in(file, ordinal, command.line(), Reason.UnsupportedFeature, what, instead);
    }
}
