package dev.dbmigration.runner.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file {@code f.sql} of this content, read as the runner reads it for the database {@code ehr}. */
final class FileText {

    private FileText() {}

    static MigrationFile read(byte[] content, Map<String, String> variables) {
        try {
            Path directory = Files.createTempDirectory("script");
            Path file = Files.write(directory.resolve("f.sql"), content);
            try {
                return FileReading.read(
                        "ConfigMap files",
                        new SourceFiles.Found(file.getFileName().toString(), file),
                        new Parameters(variables, () -> "ehr"));
            } finally {
                Files.delete(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Statement> split(String content, Map<String, String> variables) {
        return read(content.getBytes(StandardCharsets.UTF_8), variables).statements();
    }

    static List<Statement> split(String content) {
        return split(content, Map.of());
    }
}
