package dev.dbmigration.runner.script;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Flyway's settings for one file, in a file beside it whose name has {@code .conf} behind: lines {@code key=value} and
 * comments with {@code #}. See https://documentation.red-gate.com/fd/script-configuration-277578847.html.
 */
final class ScriptConfiguration {

    private static final String SUFFIX = ".conf";

    private ScriptConfiguration() {}

    /** Whether an entry of a source configures another one. */
    static boolean belongsToAFile(Path entry) {
        String name = entry.getFileName().toString();
        return name.endsWith(SUFFIX)
                && name.toLowerCase(Locale.ROOT).endsWith(".sql" + SUFFIX)
                && Files.isRegularFile(entry.resolveSibling(name.substring(0, name.length() - SUFFIX.length())));
    }

    /**
     * What is one transaction of a migration; null: nothing is said.
     *
     * @throws RunFailed where its configuration asks for something that we do not do
     * @throws IOException where it cannot be read
     */
    static FileOptions.Wrapping transaction(Path migration) throws IOException {
        Path configuration = migration.resolveSibling(migration.getFileName() + SUFFIX);
        FileOptions.Wrapping wrapping = null;
        if (Files.isRegularFile(configuration)) {
            String file = configuration.getFileName().toString();
            List<String> lines = new String(Files.readAllBytes(configuration), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    FileOptions.Wrapping said = wrapping(file, i + 1, line.split("\\s*=\\s*", 2));
                    wrapping = said == null ? wrapping : said;
                }
            }
        }
        return wrapping;
    }

    private static FileOptions.Wrapping wrapping(String file, int line, String[] setting) {
        String value = setting.length == 2 ? setting[1].toLowerCase(Locale.ROOT) : "";
        return switch (setting[0] + "=" + value) {
            case "executeInTransaction=false" -> FileOptions.Wrapping.STATEMENT;
            case "executeInTransaction=true" -> FileOptions.Wrapping.FILE;
            // Its placeholders are replaced in no file, and all files are UTF-8.
            case "placeholderReplacement=false", "encoding=utf-8", "encoding=utf8" -> null;
            default ->
                throw RunFailed.in(
                        file,
                        0,
                        line,
                        Reason.UnsupportedFeature,
                        "the setting \"" + setting[0] + "\" is not supported with this value",
                        "what is understood: executeInTransaction=true and =false, placeholderReplacement=false and"
                                + " encoding=UTF-8");
        };
    }
}
