package dev.dbmigration.runner.execute;

import dev.dbmigration.runner.connect.Answer;
import dev.dbmigration.runner.script.Statement;
import dev.dbmigration.runner.words.SqlString;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** In which file of the server a table lies: one that is written anew gets another. */
final class Storage {

    /** First words of statements that can write a table anew, or run others that do. */
    private static final Set<String> MAY_REWRITE =
            Set.of("ALTER", "TRUNCATE", "CLUSTER", "REFRESH", "DO", "CALL", "SELECT", "WITH");

    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")+)\"|[\\p{L}_][\\p{L}\\p{N}_$]*");

    /** Longer statements hold data, or a hundred names at most that matter. */
    private static final int LONGEST = 100_000;

    private static final String TABLES = "WITH RECURSIVE t(oid) AS ("
            + "SELECT oid FROM pg_catalog.pg_class WHERE relkind IN ('r', 'm', 'p') AND relname = ANY (ARRAY[%s])"
            + " UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN t ON t.oid = i.inhparent)"
            + " SELECT c.oid, pg_catalog.pg_relation_filenode(c.oid)::pg_catalog.int8 FROM pg_catalog.pg_class c"
            + " JOIN t ON t.oid = c.oid WHERE c.relkind IN ('r', 'm')";

    private Storage() {}

    /**
     * Asks for the file of each table that the statements may write anew and name, or whose parent they name; empty:
     * there is none.
     */
    static Optional<String> question(List<Statement> statements) {
        Set<String> names = new TreeSet<>();
        for (Statement statement : statements) {
            if (MAY_REWRITE.contains(statement.keyword()) && statement.text().length() <= LONGEST) {
                addNames(names, statement.text());
            }
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(TABLES.formatted(names.stream().map(SqlString::of).collect(Collectors.joining(", "))));
    }

    /** What the answer to that says: the files, by the oid of their table. */
    static Map<Long, Long> of(Answer answer) {
        Map<Long, Long> storage = new HashMap<>();
        for (int row = 0; row < answer.rows(); row++) {
            storage.put(answer.number(row, 0), answer.number(row, 1));
        }
        return storage;
    }

    /** Whatever may be a name, also in the body of a DO block. */
    private static void addNames(Set<String> names, String text) {
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            boolean quoted = name.group(1) != null;
            names.add(
                    quoted ? name.group(1).replace("\"\"", "\"") : name.group().toLowerCase(Locale.ROOT));
        }
    }
}
