package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.script.StatementWords;
import dev.dbmigration.runner.script.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a statement with {@code IF NOT EXISTS} wants to make, by its words.
 *
 * @param kind what is made
 * @param name of the relation concerned, as the statement writes it
 * @param on the table of an index, as the statement writes it; empty: it is none
 * @param columns names of the columns, as the statement writes them
 * @param alone the statement with nothing else in it, as it can run in a transaction
 */
record SkippedObject(Kind kind, String name, String on, List<String> columns, String alone) {

    private static final String[] IF_NOT_EXISTS = {"IF", "NOT", "EXISTS"};

    /** What is looked at, and how. */
    enum Kind {
        RELATION,
        /** One that goes with the session, wherever the search_path leads. */
        TEMPORARY,
        INDEX,
        COLUMNS,
        /** It has no definition but its name, such as a schema or a label. */
        NAME_ALONE
    }

    /** Empty: its words do not tell, such as those of a block. */
    static Optional<SkippedObject> of(String statement) {
        StatementWords words = StatementWords.of(statement);
        int at = indexOfClause(words);
        if (at < 0) {
            return Optional.empty();
        }
        if (words.begin("CREATE")) {
            return created(words, at);
        }
        if (words.begin("ALTER", "TABLE") || words.begin("ALTER", "FOREIGN", "TABLE")) {
            return columns(words);
        }
        return words.begin("ALTER", "TYPE") ? Optional.of(nameAlone(words, at)) : Optional.empty();
    }

    private static Optional<SkippedObject> created(StatementWords words, int at) {
        String name = words.nameAt(at + IF_NOT_EXISTS.length);
        List<String> before = words.tokens().subList(1, at).stream()
                .map(token -> token.in(words.text()).toUpperCase(Locale.ROOT))
                .toList();
        String last = before.get(before.size() - 1);
        boolean temporary = before.contains("TEMP") || before.contains("TEMPORARY");
        return switch (before.contains("INDEX") ? "INDEX" : last) {
            case "INDEX" -> Optional.of(index(words, name));
            case "TABLE", "SEQUENCE", "VIEW" ->
                Optional.of(new SkippedObject(
                        temporary ? Kind.TEMPORARY : Kind.RELATION, name, "", List.of(), words.text()));
            case "SCHEMA", "EXTENSION" -> Optional.of(nameAlone(words, at));
            default -> Optional.empty();
        };
    }

    /** One that is built concurrently would not be in a transaction. */
    private static SkippedObject index(StatementWords words, String name) {
        int on = words.indexOf("ON") + 1;
        String table = words.nameAt(words.hasAt(on, "ONLY") ? on + 1 : on);
        int concurrently = words.indexOf("CONCURRENTLY");
        String alone = concurrently < 0 || concurrently > on
                ? words.text()
                : without(words.text(), words.tokens().get(concurrently));
        return new SkippedObject(Kind.INDEX, name, table, List.of(), alone);
    }

    private static SkippedObject nameAlone(StatementWords words, int at) {
        return new SkippedObject(Kind.NAME_ALONE, words.nameAt(at + 3), "", List.of(), words.text());
    }

    /** Of the parts of an ALTER TABLE only those that may be skipped are run again. */
    private static Optional<SkippedObject> columns(StatementWords words) {
        int table = words.indexOf("TABLE") + 1;
        table = words.hasAt(table, "IF") ? table + 2 : table;
        table = words.hasAt(table, "ONLY") ? table + 1 : table;
        String name = words.nameAt(table);
        List<StatementWords> parts = parts(words);
        List<String> columns = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (StatementWords part : parts) {
            int at = indexOfClause(part);
            if (at >= 0) {
                columns.add(part.nameAt(at + IF_NOT_EXISTS.length));
                kept.add(part.text());
            }
        }
        return Optional.of(new SkippedObject(
                Kind.COLUMNS, name, "", columns, "ALTER TABLE " + name + " " + String.join(", ", kept)));
    }

    /** What stands between the commas outside parentheses, from the first ADD or DROP or the like on. */
    private static List<StatementWords> parts(StatementWords words) {
        int first = words.indexOf("ADD");
        int start = words.tokens().get(first).start();
        List<String> texts = new ArrayList<>();
        int depth = 0;
        for (Token token : words.tokens().subList(first, words.size())) {
            depth += token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
            if (depth == 0 && token.in(words.text()).equals(",")) {
                texts.add(words.text().substring(start, token.start()));
                start = token.end();
            }
        }
        texts.add(words.text().substring(start));
        return texts.stream().map(String::strip).map(StatementWords::of).collect(Collectors.toList());
    }

    private static int indexOfClause(StatementWords words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.hasAt(i, "IF") && words.hasAt(i + 1, "NOT") && words.hasAt(i + 2, "EXISTS")) {
                return i;
            }
        }
        return -1;
    }

    private static String without(String text, Token token) {
        return text.substring(0, token.start()) + text.substring(token.end());
    }
}
