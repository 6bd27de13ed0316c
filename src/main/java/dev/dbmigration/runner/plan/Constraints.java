package dev.dbmigration.runner.plan;

import dev.dbmigration.runner.script.StatementWords;
import dev.dbmigration.runner.script.Token;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The CHECKs of tables that are believed at the place in the run that is looked at: for what they prove, the server
 * does not look through the table once more.
 */
final class Constraints {

    /** A CHECK that the run adds; name null: the server chooses. */
    private record Added(String name, StatementWords expression, boolean valid) {}

    private final Facts facts;
    private final Map<Long, List<Added>> added = new HashMap<>();
    private final Map<Long, Set<String>> validated = new HashMap<>();

    Constraints(Facts facts) {
        this.facts = facts;
    }

    void added(Relation table, String name, StatementWords expression, boolean valid) {
        added.computeIfAbsent(table.oid(), any -> new ArrayList<>()).add(new Added(name, expression, valid));
    }

    void validated(Relation table, String name) {
        validated.computeIfAbsent(table.oid(), any -> new HashSet<>()).add(name);
    }

    /** Whether a CHECK says of each row that this column is not null. */
    boolean proveNotNull(Relation table, String column) throws SQLException {
        return believed(table).anyMatch(words -> saysNotNull(words, column));
    }

    /** Whether there is no CHECK from which the bounds of a partition could follow; {@code key} empty: any might do. */
    boolean cannotProveBounds(Relation table, List<String> key) throws SQLException {
        return believed(table).noneMatch(words -> names(words).containsAll(key));
    }

    private Stream<StatementWords> believed(Relation table) throws SQLException {
        Set<String> names = validated.getOrDefault(table.oid(), Set.of());
        Stream<StatementWords> before = facts.checks(table).stream()
                .filter(check -> check.valid() || names.contains(check.name()))
                .map(check -> StatementWords.of(check.definition()));
        Stream<StatementWords> here = added.getOrDefault(table.oid(), List.of()).stream()
                .filter(check ->
                        check.valid() || (check.name() == null ? !names.isEmpty() : names.contains(check.name())))
                .map(Added::expression)
                .filter(Objects::nonNull);
        return Stream.concat(before, here);
    }

    private static Set<String> names(StatementWords words) {
        Set<String> names = new HashSet<>();
        words.tokens().forEach(token -> names.add(Name.plain(token.in(words.text()))));
        return names;
    }

    /** {@code c IS NOT NULL}, alone or with an AND; what stands in an OR proves nothing. */
    private static boolean saysNotNull(StatementWords words, String column) {
        List<Token> plain = words.tokens().stream()
                .filter(token -> token.kind() != Token.Kind.OPEN && token.kind() != Token.Kind.CLOSE)
                .toList();
        StatementWords flat = new StatementWords(words.text(), plain);
        for (int i = 0; i < plain.size() - 3; i++) {
            if (Name.plain(plain.get(i).in(words.text())).equals(column)
                    && flat.hasAt(i + 1, "IS")
                    && flat.hasAt(i + 2, "NOT")
                    && flat.hasAt(i + 3, "NULL")) {
                return !flat.contain("OR");
            }
        }
        return false;
    }
}
