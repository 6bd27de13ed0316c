package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a file into statements as psql does: at semicolons outside quotes, comments, parentheses and the
 * {@code BEGIN … END} body of a function. Each statement meets the rules before the text behind it is looked at, since
 * what follows a {@code COPY … FROM STDIN} is not SQL.
 */
public final class Splitter {

    /** Its name alone: what follows may be data. */
    private static final Pattern COMMAND = Pattern.compile("\\\\(?:[a-zA-Z_]+|\\S)");

    private final String file;
    private final String text;
    private final Lines lines;
    private final List<Statement> statements = new ArrayList<>();

    private Splitter(String file, String text) {
        this.file = file;
        this.text = text;
        this.lines = new Lines(text);
    }

    /**
     * The statements of {@code text}.
     *
     * @throws RunFailed where the text ends in an open quote or comment, or holds what we do not run
     */
    public static List<Statement> split(String file, String text) {
        Splitter splitter = new Splitter(file, text);
        try {
            splitter.splitAll();
        } catch (Lexer.Unterminated e) {
            int line = splitter.lines.lineAt(e.offset());
            int ordinal = splitter.statements.size() + 1;
            throw RunFailed.in(
                    file, ordinal, line, Reason.SyntaxError, "the " + e.what() + " opened here is never closed", null);
        }
        return List.copyOf(splitter.statements);
    }

    private void splitAll() {
        Lexer lexer = new Lexer(text);
        List<Token> pending = new ArrayList<>();
        Nesting nesting = new Nesting(text);
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            if (token.kind() == Token.Kind.BACKSLASH) {
                throw refuseCommand(token);
            }
            if (token.kind() == Token.Kind.SEMICOLON && nesting.outermost()) {
                finish(pending);
                nesting = new Nesting(text);
            } else {
                nesting.enter(token);
                pending.add(token);
            }
        }
        finish(pending);
    }

    private void finish(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        int start = tokens.get(0).start();
        int end = tokens.get(tokens.size() - 1).end();
        int line = lines.lineAt(start);
        int ordinal = statements.size() + 1;
        Words words = new Words(text, tokens);
        Refusals.check(file, ordinal, line, words);
        StatementKind kind = StatementKinds.of(words);
        statements.add(new Statement(ordinal, line, keyword(tokens.get(0)), kind, text.substring(start, end)));
        tokens.clear();
    }

    private String keyword(Token first) {
        return first.kind() == Token.Kind.WORD ? first.in(text).toUpperCase(Locale.ROOT) : "";
    }

    private RunFailed refuseCommand(Token backslash) {
        Matcher form = COMMAND.matcher(text).region(backslash.start(), text.length());
        String command = form.lookingAt() ? form.group() : "\\";
        return RunFailed.in(
                file,
                statements.size() + 1,
                lines.lineAt(backslash.start()),
                Reason.UnsupportedFeature,
                "psql's own command " + command + " is not SQL, and only psql knows it",
                Refusals.insteadOf(command));
    }
}
