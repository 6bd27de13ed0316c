package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One file as the runner reads it: its statements, and the refusal of what we do not run. Reads once. */
final class FileReading implements Policy {

    private final String file;
    private final Commands commands;
    private final StandardStrings strings = new StandardStrings();
    private final List<Statement> statements = new ArrayList<>();
    private final Sections sections;
    private final FileLines lines;
    private FileOptions options = FileOptions.NONE;
    private boolean head = true;
    private int marker;

    private FileReading(String file, Parameters parameters, FileLines lines) {
        this.lines = lines;
        this.file = file;
        this.commands = new Commands(file, parameters);
        this.sections = new Sections(file);
    }

    /**
     * Reads, checks and splits a file.
     *
     * @param source what a person calls the source it came from
     * @throws RunFailed where it ends in an open quote or comment, holds what we do not run, or cannot be read
     */
    static MigrationFile read(String source, SourceFiles.Found file, Parameters parameters) {
        String name = file.name();
        try (FileLines lines = new FileLines(name, file.path())) {
            FileReading reading = new FileReading(name, parameters, lines);
            Splitter.split(lines, reading);
            reading.sections.end(lines.number(), reading.statements);
            Blocks.check(name, reading.statements);
            WayDown down = reading.sections.down();
            return new MigrationFile(
                    source,
                    name,
                    Version.of(name),
                    lines.sums(reading.commands.variablesUsed()),
                    reading.options.or(reading.sections.transaction()).or(ScriptConfiguration.transaction(file.path())),
                    reading.statements,
                    reading.commands.echoes(),
                    down.lines().isEmpty() ? file.down() : down);
        } catch (IOException e) {
            String why = "the file cannot be read: " + e.getClass().getSimpleName();
            throw RunFailed.in(name, 0, 0, Reason.InvalidSpec, why, null);
        }
    }

    @Override
    public Line line(String text, int number) {
        Line what = sections.line(text, number);
        if (sections.isDown()) {
            lines.leaveOut();
        }
        marker = what == Line.READ ? 0 : number;
        head &= FileOptions.isHead(text) || what != Line.READ;
        if (head && what == Line.READ) {
            options = options.and(file, text, number);
        }
        return what;
    }

    @Override
    public String variable(String name) {
        return commands.variable(name);
    }

    @Override
    public boolean standardStrings() {
        return strings.on();
    }

    @Override
    public Then command(Command command, Query query, FileLines lines) {
        return commands.follow(command, ordinal());
    }

    @Override
    public void open(String what, int line) {
        String until = marker == 0 ? "is never closed" : "is not closed before the section marker in line " + marker;
        String message = "the " + what + " opened here " + until;
        throw RunFailed.in(file, ordinal(), line, Reason.SyntaxError, message, null);
    }

    @Override
    public void statement(Query query, FileLines lines, boolean semicolon) throws IOException {
        Words words = query.words();
        if (words.isEmpty()) {
            return;
        }
        Token first = words.tokens().get(0);
        int line = query.lineAt(first.start());
        check(query, words, line);
        String text = words.text().substring(first.start(), query.end() - (semicolon ? 1 : 0));
        Places places = query.places().from(first.start());
        String keyword =
                first.kind() == Token.Kind.WORD ? first.in(words.text()).toUpperCase(Locale.ROOT) : "";
        Statement.Copy copy = copy(words, lines);
        StatementKind kind = StatementKinds.of(keyword, text);
        statements.add(new Statement(ordinal(), line, keyword, kind, text, places, query.standardStrings(), copy));
        strings.follow(words);
    }

    private void check(Query query, Words words, int line) {
        if (query.isJoined()) {
            String instead = "end each statement with a plain semicolon";
            throw Refusals.unsupported(file, ordinal(), line, "psql's \\;, which joins statements,", instead);
        }
        Refusals.check(file, ordinal(), line, words);
    }

    private static Statement.Copy copy(Words words, FileLines lines) throws IOException {
        return switch (CopyClause.of(words)) {
            case FROM_CLIENT -> new Statement.Copy(lines.copyData());
            case TO_CLIENT -> new Statement.Copy(null);
            default -> null;
        };
    }

    private int ordinal() {
        return statements.size() + 1;
    }
}
