package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.functions.Substitutes.Substitute;
import dev.dbmigration.runner.functions.Substitutes.Substitute.Trust;
import dev.dbmigration.runner.plpgsql.Fragment;
import dev.dbmigration.runner.plpgsql.Identifiers;
import dev.dbmigration.runner.plpgsql.Identifiers.Dotted;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A fragment on its way to be SQL: more and more of its variables are replaced. */
final class Attempt {

    /** An alias behind a table: a word that no clause begins with. */
    private static final Pattern ALIAS = Pattern.compile(
            "\\s+(?!(?:CROSS|EXCEPT|FETCH|FOR|FULL|GROUP|HAVING|INNER|INTERSECT|JOIN|LEFT|LIMIT|NATURAL|OFFSET|ON|ORDER"
                    + "|RETURNING|RIGHT|SET|TABLESAMPLE|UNION|USING|WHEN|WHERE|WINDOW)\\b)[A-Za-z_\"]",
            Pattern.CASE_INSENSITIVE);

    private final Fragment fragment;
    private String text;
    private Trust trust = Trust.FULL;
    private String why = "";
    private final Set<String> replaced = new HashSet<>();

    Attempt(Fragment fragment) {
        this.fragment = fragment;
        this.text = fragment.sql();
    }

    Fragment fragment() {
        return fragment;
    }

    String text() {
        return text;
    }

    /** The least that any of what was replaced deserves. */
    Trust trust() {
        return trust;
    }

    /** Why nothing is known of one of its variables; empty: all are known. */
    String why() {
        return why;
    }

    /** The last parts of the names that have been replaced as a whole. */
    Set<String> replaced() {
        return Set.copyOf(replaced);
    }

    /** Puts SQL in the place of the variable at this offset; what follows of its name stays. */
    void replace(int offset, Dotted name, Substitute substitute) {
        int parts = Math.min(substitute.used(), name.ends().size());
        int end = name.ends().get(parts - 1);
        text = text.substring(0, offset) + substitute.sql() + text.substring(end);
        replaced.add(name.parts().get(parts - 1));
        if (substitute.trust().compareTo(trust) > 0) {
            trust = substitute.trust();
            why = substitute.why();
        }
    }

    /** Puts a table in the place of a trigger's transition table at this offset, under the same name. */
    void transition(int offset, Dotted name, TriggerTable table) {
        String rest = text.substring(name.end());
        String alias = ALIAS.matcher(rest).lookingAt() ? "" : " AS " + Identifiers.quoted(name.parts());
        text = text.substring(0, offset) + table.quoted() + alias + rest;
    }

    /** The line of the body that a refusal is about. */
    int line(Refusal refusal) {
        return fragment.line() + refusal.linesBefore();
    }
}
