package dev.dbmigration.runner.script;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Does with a file what psql does, as far as splitting goes: every statement is a query, and more of psql's commands are
 * known than the runner follows. Those that decide what is read at all are not: they are {@link #unfollowed()}.
 */
final class LikePsql implements Policy {

    /** A query that psql makes itself, for {@code \copy}. */
    static final String COPY_OF_A_COMMAND = "\\copy";

    private static final Set<String> SENDING = Set.of("g", "gx", "gset", "gdesc", "crosstabview");
    private static final Set<String> DECIDING =
            Set.of("if", "elif", "else", "endif", "gexec", "i", "ir", "include", "include_relative");

    /** The rest of their line is one argument. */
    private static final Set<String> WHOLE_LINE =
            Set.of("copy", "help", "h", "!", "sf", "sf+", "sv", "sv+", "ef", "ev");

    private final boolean takesCopies;
    private final Map<String, String> environment;
    private final Map<String, String> variables = new HashMap<>();
    private final StandardStrings strings = new StandardStrings();
    private final List<String> queries = new ArrayList<>();
    private final List<String> unfollowed = new ArrayList<>();
    private Words previous;
    private boolean restricted;

    LikePsql(boolean takesCopies, Map<String, String> environment, Map<String, String> given) {
        this.takesCopies = takesCopies;
        this.environment = environment;
        variables.putAll(given);
        variables.put("DBNAME", "regression");
        variables.put("USER", "judge");
        variables.put("LASTOID", "0");
        variables.put("LAST_ERROR_MESSAGE", "");
    }

    /** Splits a file; to be called once. */
    LikePsql read(Path file) throws IOException {
        try (FileLines lines = new FileLines(file.getFileName().toString(), file)) {
            Splitter.split(lines, this);
        }
        return this;
    }

    /** Everything that is sent. */
    List<String> queries() {
        return queries;
    }

    /** Commands that were met and are not followed. */
    List<String> unfollowed() {
        return unfollowed;
    }

    @Override
    public String variable(String name) {
        return variables.get(name);
    }

    @Override
    public boolean standardStrings() {
        return strings.on();
    }

    @Override
    public void open(String what, int line) {
        // psql sends it all the same.
    }

    @Override
    public void statement(Query query, FileLines lines, boolean semicolon) throws IOException {
        // Where there is none, the one before is sent again.
        previous = query.isEmpty() ? previous : query.words();
        if (previous == null) {
            return;
        }
        queries.add(previous.text());
        for (Words part : parts(previous)) {
            if (!perform(part, lines)) {
                return;
            }
        }
    }

    /** The statements that {@code \;} joined. */
    private static List<Words> parts(Words words) {
        List<Words> parts = new ArrayList<>();
        List<Token> tokens = new ArrayList<>();
        List<Token> outer = new ArrayList<>();
        for (Token token : words.tokens()) {
            boolean outside = words.outer().contains(token);
            if (outside && token.kind() == Token.Kind.SEMICOLON) {
                parts.add(new Words(words.text(), List.copyOf(tokens), List.copyOf(outer)));
                tokens.clear();
                outer.clear();
            } else {
                tokens.add(token);
                if (outside) {
                    outer.add(token);
                }
            }
        }
        parts.add(new Words(words.text(), tokens, outer));
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }

    /** Whether it goes well. */
    private boolean perform(Words words, FileLines lines) throws IOException {
        CopyClause copy = CopyClause.of(words);
        if (copy != CopyClause.NONE && !takesCopies) {
            return false;
        }
        if (copy == CopyClause.FROM_CLIENT) {
            lines.copyData();
        }
        strings.follow(words);
        return true;
    }

    @Override
    public Then command(Command command, Query query, FileLines lines) throws IOException {
        String name = command.name();
        if (restricted && !name.equals("unrestrict")) {
            return Then.SKIP_LINE;
        }
        if (DECIDING.contains(name)) {
            unfollowed.add("\\" + name);
        }
        if (SENDING.contains(name)) {
            return Then.SEND;
        }
        return switch (name) {
            case "set" -> set(command);
            case "unset" -> unset(command);
            case "getenv" -> getenv(command);
            case "r", "reset" -> Then.CLEAR;
            case "q", "quit" -> Then.QUIT;
            case "copy" -> copy(command, lines);
            case "restrict" -> restrict(command.argument() != null);
            case "unrestrict" -> restrict(false);
            default -> WHOLE_LINE.contains(name) || !isKnown(name) ? Then.SKIP_LINE : Then.KEEP;
        };
    }

    private static boolean isKnown(String name) {
        return name.matches("d.*|a|echo|qecho|warn|pset|x|t|T|p|w|c|connect|encoding|errverbose|f|C|H|z|l\\+?|lo_\\w+"
                + "|o|timing|setenv|conninfo|s|out|prompt");
    }

    private Then set(Command command) {
        String name = command.argument();
        if (name != null) {
            StringBuilder value = new StringBuilder();
            for (String part = command.argument(); part != null; part = command.argument()) {
                value.append(part);
            }
            variables.put(name, value.toString());
        }
        return Then.KEEP;
    }

    private Then unset(Command command) {
        variables.remove(String.valueOf(command.argument()));
        return Then.KEEP;
    }

    private Then getenv(Command command) {
        String name = command.argument();
        String value = environment.get(command.argument());
        if (value != null) {
            variables.put(name, value);
        }
        return Then.KEEP;
    }

    private Then copy(Command command, FileLines lines) throws IOException {
        String rest = command.restOfLine();
        queries.add(COPY_OF_A_COMMAND);
        if (takesCopies && rest.matches("(?i).*\\bfrom\\s+stdin\\b.*")) {
            lines.copyData();
        }
        return Then.KEEP;
    }

    private Then restrict(boolean now) {
        restricted = now;
        return Then.KEEP;
    }
}
