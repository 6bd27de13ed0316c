package dev.dbmigration.runner.script;

import java.util.List;

/**
 * One migration, read, checked and split.
 *
 * @param source what a person calls the source it came from
 * @param checksum SHA-256 of its bytes, in hexadecimal
 */
public record MigrationFile(String source, String name, Version version, String checksum, List<Statement> statements) {

    public MigrationFile {
        statements = List.copyOf(statements);
    }
}
