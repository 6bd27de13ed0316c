package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.script.StatementWords;
import dev.dbmigration.runner.script.Token;
import java.util.List;
import java.util.Locale;

/** Names as statements write them. */
final class StatementNames {

    private StatementNames() {}

    /** The parts of a name that may be qualified, as they stand there. */
    static List<String> parts(String name) {
        return StatementWords.of(name).tokens().stream()
                .filter(token -> token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED_NAME)
                .map(token -> token.in(name))
                .toList();
    }

    /** One name as the catalogue has it. */
    static String plain(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }

    /** A name of the catalogue as it stands in SQL. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
