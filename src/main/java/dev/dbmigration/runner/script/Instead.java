package dev.dbmigration.runner.script;

import static java.util.Map.entry;

import java.util.Map;

/** For each of psql's own commands that we do not follow: what to write in its place. */
final class Instead {

    private static final String OTHER_FILE = "put the other file beside this one, with a version prefix of its own";
    private static final String SEMICOLON = "end the statement with a semicolon";
    private static final String NO_OUTPUT = "take it out; a migration prints nothing";
    private static final String CONDITION = "write the condition in a DO block, or make two files of it";
    private static final String ECHO = "write \\echo, which goes to the log of the pod";
    private static final String LOOK = "take it out; spec.verify looks at the result";

    private static final Map<String, String> BY_NAME = Map.ofEntries(
            entry("i", OTHER_FILE),
            entry("ir", OTHER_FILE),
            entry("include", OTHER_FILE),
            entry("include_relative", OTHER_FILE),
            entry("copy", "write COPY … FROM STDIN, and the data behind it"),
            entry(".", "it ends the data of a COPY … FROM STDIN, and here is none"),
            entry("g", SEMICOLON),
            entry("gx", SEMICOLON),
            entry("gdesc", SEMICOLON),
            entry("crosstabview", SEMICOLON),
            entry("watch", SEMICOLON),
            entry("bind", SEMICOLON + ", and write the values where they are used"),
            entry("gset", "write a DO block with SELECT … INTO, or a variable under spec.sql.variables"),
            entry("gexec", "write a DO block that EXECUTEs what the query returns"),
            entry("if", CONDITION),
            entry("elif", CONDITION),
            entry("else", CONDITION),
            entry("endif", CONDITION),
            entry("qecho", ECHO),
            entry("warn", ECHO),
            entry("unset", "leave the variable out of \\set"),
            entry("getenv", "set the value under spec.sql.variables"),
            entry("prompt", "set the value under spec.sql.variables"),
            entry("encoding", "take it out, and save the file as UTF-8"),
            entry("password", "write ALTER ROLE … PASSWORD with the hash of the password"),
            entry("q", "delete what follows, and this line"),
            entry("quit", "delete what follows, and this line"),
            entry("r", "delete what stands before it"),
            entry("reset", "delete what stands before it"),
            entry("pset", NO_OUTPUT),
            entry("timing", NO_OUTPUT),
            entry("x", NO_OUTPUT),
            entry("t", NO_OUTPUT),
            entry("a", NO_OUTPUT),
            entry("o", NO_OUTPUT),
            entry("out", NO_OUTPUT),
            entry("l", LOOK),
            entry("sf", LOOK),
            entry("sv", LOOK),
            entry("conninfo", LOOK),
            entry("!", "do it in the container of another migration"));

    private Instead() {}

    /** {@code command} is its name without the backslash. */
    static String of(String command) {
        String instead = BY_NAME.get(command);
        if (instead == null && command.startsWith("d")) {
            return LOOK;
        }
        return instead != null ? instead : "write it as SQL, or take it out";
    }
}
