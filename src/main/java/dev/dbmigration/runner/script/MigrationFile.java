package dev.dbmigration.runner.script;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One migration, read, checked and split.
 *
 * @param source what a person calls the source it came from
 * @param name with the names of the folders between it and its source
 * @param sums by what it is known again
 * @param options what it says of itself
 * @param echoes what it says into the log, in its order
 * @param down its way down, which is not run
 */
public record MigrationFile(
        String source,
        String name,
        Version version,
        Sums sums,
        FileOptions options,
        List<Statement> statements,
        List<Echo> echoes,
        WayDown down) {

    public MigrationFile {
        statements = List.copyOf(statements);
        echoes = List.copyOf(echoes);
    }

    /** The first statement that keeps the file from being one transaction, if any. */
    public Optional<Statement> notWrapped() {
        return statements.stream()
                .filter(s -> s.kind().controlsTransactions() || s.kind() == StatementKind.OUTSIDE)
                .findFirst();
    }

    /** Whether these letters stand in one of its statements, in any case. */
    public boolean mentions(String letters) {
        return statements.stream()
                .anyMatch(s -> s.text().toLowerCase(Locale.ROOT).contains(letters));
    }
}
