package dev.dbmigration.runner.script;

import java.io.IOException;

/**
 * Splits a file into statements as psql does: at semicolons outside quotes, comments, parentheses and the
 * {@code BEGIN … END} body of a function, line by line and in one pass. Empty lines between tokens are left out, as psql
 * leaves them out. Each statement and each of psql's own commands meets a {@link Policy} before what follows is read,
 * since that may be data. Runs once.
 */
final class Splitter {

    private final FileLines lines;
    private final Policy policy;
    private final Input input = new Input();
    private final Query query = new Query();
    private final Substitution substitution;
    private final Scanner scanner;
    private boolean nothingSinceBreak;
    private boolean quit;

    private Splitter(FileLines lines, Policy policy) {
        this.lines = lines;
        this.policy = policy;
        this.substitution = new Substitution(policy::variable);
        this.scanner = new Scanner(input, query, substitution);
    }

    /** Reads all of {@code lines}. */
    static void split(FileLines lines, Policy policy) throws IOException {
        Splitter splitter = new Splitter(lines, policy);
        String line = lines.next();
        while (line != null && !splitter.quit) {
            splitter.line(line);
            lines.lineEnds(splitter.scanner.quote().keepsBlanks());
            line = splitter.quit ? null : lines.next();
        }
        splitter.end();
    }

    private void line(String line) throws IOException {
        Policy.Line what = policy.line(line, lines.number());
        if (what == Policy.Line.READ) {
            read(line);
        } else {
            refuseOpenQuote();
            endStatement(what == Policy.Line.END);
        }
    }

    private void read(String line) throws IOException {
        if (line.isEmpty() && !scanner.quote().isOpen()) {
            return;
        }
        nothingSinceBreak = !query.isEmpty();
        if (nothingSinceBreak) {
            query.lineBreak();
        }
        int lineBreak = query.end();
        input.line(line);
        scanner.line(lines.number(), policy.standardStrings());
        Scanner.Stop stop = scanner.next();
        while (stop != Scanner.Stop.END_OF_LINE && !quit) {
            if (stop == Scanner.Stop.SEMICOLON) {
                send(true);
            } else {
                nothingSinceBreak &= query.end() == lineBreak;
                command();
            }
            nothingSinceBreak = false;
            stop = quit ? stop : scanner.next();
        }
    }

    private void send(boolean semicolon) throws IOException {
        policy.statement(query, lines, semicolon);
        query.clear();
    }

    private void command() throws IOException {
        if (nothingSinceBreak) {
            query.takeBack();
        }
        Command command = Command.read(input, substitution, lines.number());
        Policy.Then then = policy.command(command, query, lines);
        if (then == Policy.Then.SKIP_LINE) {
            command.restOfLine();
        } else {
            command.finish();
        }
        switch (then) {
            case SEND -> {
                send(false);
                query.nesting().reset();
            }
            case CLEAR -> {
                query.clear();
                query.nesting().reset();
            }
            case QUIT -> quit = true;
            default -> {}
        }
    }

    private void end() throws IOException {
        refuseOpenQuote();
        endStatement(true);
    }

    private void refuseOpenQuote() {
        if (scanner.quote().isOpen()) {
            policy.open(scanner.quote().name(), scanner.quote().line());
        }
    }

    private void endStatement(boolean here) throws IOException {
        if (here && !query.isEmpty()) {
            send(false);
            query.nesting().reset();
        }
    }
}
