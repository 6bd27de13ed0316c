package dev.dbmigration.runner.script;

import java.util.List;

/**
 * One migration, read, checked and split.
 *
 * @param source what a person calls the source it came from
 * @param checksum SHA-256 of its bytes, in hexadecimal
 * @param echoes what it says into the log, in its order
 */
public record MigrationFile(
        String source, String name, Version version, String checksum, List<Statement> statements, List<Echo> echoes) {

    public MigrationFile {
        statements = List.copyOf(statements);
        echoes = List.copyOf(echoes);
    }
}
