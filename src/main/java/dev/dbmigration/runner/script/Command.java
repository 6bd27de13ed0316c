package dev.dbmigration.runner.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of psql's own commands, from its backslash on: its name, and its arguments as psql cuts them. What is not asked
 * for is passed over.
 */
final class Command {

    private static final Pattern SHOWN = Pattern.compile("[a-zA-Z_]+|\\S");

    private final Input input;
    private final Substitution substitution;
    private final String name;
    private final int line;
    private boolean quoted;
    private boolean unfinished;
    private boolean shell;

    private Command(Input input, Substitution substitution, String name, int line) {
        this.input = input;
        this.substitution = substitution;
        this.name = name;
        this.line = line;
    }

    /** Reads the name behind a backslash: up to white space or another backslash. */
    static Command read(Input input, Substitution substitution, int line) {
        StringBuilder name = new StringBuilder();
        while (input.more() && !ends(input.here())) {
            name.append(input.here());
            input.skip(1);
        }
        return new Command(input, substitution, name.toString(), line);
    }

    /** Without its backslash. */
    String name() {
        return name;
    }

    /** What may be shown of the name: psql lets arguments follow without a blank, and they may be data. */
    String shownName() {
        Matcher letters = SHOWN.matcher(name);
        return letters.lookingAt() ? letters.group() : "";
    }

    /** In the file, from 1. */
    int line() {
        return line;
    }

    /** Whether a quote was open at the end of the line; psql then drops the argument. */
    boolean isUnfinished() {
        return unfinished;
    }

    /** Whether an argument held a shell command in backquotes, which was not run. */
    boolean usesShell() {
        return shell;
    }

    /** The next argument without its quotes, variables replaced; null: there is none. */
    String argument() {
        while (input.more() && Characters.space(input.here())) {
            input.skip(1);
        }
        StringBuilder argument = new StringBuilder();
        quoted = false;
        while (input.more() && !ends(input.here())) {
            part(argument);
        }
        return unfinished || argument.isEmpty() && !quoted ? null : argument.toString();
    }

    /** Everything up to the end of the line, as it stands there, without leading white space. */
    String restOfLine() {
        StringBuilder rest = new StringBuilder();
        while (input.more()) {
            if (!rest.isEmpty() || !Characters.space(input.here())) {
                rest.append(input.here());
            }
            input.skip(1);
        }
        return rest.toString();
    }

    /** Passes over the arguments that are left, and over a double backslash that ends the command. */
    void finish() {
        String left = argument();
        while (left != null) {
            left = argument();
        }
        if (input.more() && input.here() == '\\' && input.ahead(1) == '\\') {
            input.skip(2);
        }
    }

    private static boolean ends(char c) {
        return Characters.space(c) || c == '\\';
    }

    private void part(StringBuilder argument) {
        char c = input.here();
        if (c == '\'') {
            string(argument);
        } else if (c == '"') {
            verbatim(argument, '"');
        } else if (c == '`') {
            shell = true;
            verbatim(argument, '`');
        } else if (c == ':') {
            variable(argument);
        } else {
            argument.append(c);
            input.skip(1);
        }
    }

    private void variable(StringBuilder argument) {
        Substitution.Found found = substitution.at(input.text(), input.at());
        if (found == null) {
            argument.append(':');
            input.skip(1);
            return;
        }
        String text = input.text().substring(input.at(), input.at() + found.length());
        argument.append(found.value() == null ? text : found.value());
        quoted = true;
        input.skip(found.length());
    }

    private void verbatim(StringBuilder argument, char quote) {
        quoted = true;
        do {
            argument.append(input.here());
            input.skip(1);
        } while (input.more() && input.here() != quote);
        close(argument, quote);
    }

    private void close(StringBuilder argument, char quote) {
        if (input.more()) {
            argument.append(quote);
            input.skip(1);
        } else {
            unfinished = true;
        }
    }

    private void string(StringBuilder argument) {
        quoted = true;
        input.skip(1);
        while (input.more()) {
            char c = input.here();
            if (c == '\'' && input.ahead(1) != '\'') {
                input.skip(1);
                return;
            }
            if (c == '\\') {
                Escape escape = Escape.at(input.text(), input.at());
                argument.append(escape.character());
                input.skip(escape.length());
            } else {
                argument.append(c);
                input.skip(c == '\'' ? 2 : 1);
            }
        }
        unfinished = true;
    }
}
