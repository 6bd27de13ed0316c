package dev.dbmigration.runner.functions;

import dev.dbmigration.runner.functions.ServerParser.Answer;
import dev.dbmigration.runner.functions.Substitutes.Shape;
import dev.dbmigration.runner.functions.Substitutes.Substitute;
import dev.dbmigration.runner.functions.Substitutes.Substitute.Trust;
import dev.dbmigration.runner.plpgsql.Fragment;
import dev.dbmigration.runner.plpgsql.Identifiers;
import dev.dbmigration.runner.plpgsql.Identifiers.Dotted;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Lets the server parse a fragment of a body. Each name that it takes for no column, and only that, is tried as a
 * variable, which is the order of PL/pgSQL's own: so a name that is both is the column here, and no name of a table, an
 * alias or a target can be taken for a variable.
 */
final class FragmentCheck {

    /** More variables than this in one statement are not looked up. */
    private static final int MOST = 500;

    private final ServerParser parser;
    private final Doubts doubts;
    private final Substitutes substitutes;
    private final TriggerTable table;

    /** What a fragment came to; {@code shape} is that of its result, empty where it is not known for sure. */
    private record Checked(Judgement judgement, Optional<Shape> shape) {}

    /** {@code table}: whose trigger calls the function; null: none. */
    FragmentCheck(ServerParser parser, Types types, Doubts doubts, TriggerTable table) {
        this.parser = parser;
        this.table = table;
        this.doubts = doubts;
        this.substitutes = new Substitutes(types, query -> check(query).shape());
    }

    /** What is known of a fragment; its line is that of the body. */
    Judgement judge(Fragment fragment) throws SQLException {
        return check(fragment).judgement();
    }

    private Checked check(Fragment fragment) throws SQLException {
        Attempt attempt = new Attempt(fragment);
        if (!positional(attempt)) {
            return new Checked(Judgement.unchecked(fragment.line(), "a parameter that there is not"), Optional.empty());
        }
        for (int i = 0; i < MOST; i++) {
            Answer answer = parser.parse(attempt.text());
            if (answer.refusal() == null) {
                return accepted(attempt, answer);
            }
            Refusal refusal = new Refusal(answer.refusal(), attempt.text(), false);
            Optional<Checked> end = replace(attempt, refusal);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new Checked(Judgement.unchecked(fragment.line(), "too many variables"), Optional.empty());
    }

    /** Replaces {@code $1} and the like, for which the server would take parameters of ours; false: there is none. */
    private boolean positional(Attempt attempt) throws SQLException {
        for (int offset = Identifiers.positional(attempt.text());
                offset >= 0;
                offset = Identifiers.positional(attempt.text())) {
            Dotted name = Identifiers.at(attempt.text(), offset);
            Optional<Substitute> substitute =
                    substitutes.of(name.parts(), attempt.fragment().names());
            if (substitute.isEmpty()) {
                return false;
            }
            attempt.replace(offset, name, substitute.get());
        }
        return true;
    }

    /** Replaces what the server has stumbled over; where that cannot be, what is known then. */
    private Optional<Checked> replace(Attempt attempt, Refusal refusal) throws SQLException {
        Dotted name = refusal.name();
        if (name != null && refusal.ofRelation() && isTransition(name)) {
            attempt.transition(refusal.offset(), name, table);
            return Optional.empty();
        }
        Optional<Substitute> substitute = name == null || !refusal.ofName()
                ? Optional.empty()
                : substitutes.of(name.parts(), attempt.fragment().names());
        if (substitute.isEmpty()) {
            return Optional.of(new Checked(refused(attempt, refusal), Optional.empty()));
        }
        if (substitute.get().trust() == Trust.MISSING) {
            Judgement missing = doubts.missing(
                    attempt.fragment(), attempt.line(refusal), substitute.get().why());
            return Optional.of(new Checked(missing, Optional.empty()));
        }
        attempt.replace(refusal.offset(), name, substitute.get());
        return Optional.empty();
    }

    private boolean isTransition(Dotted name) {
        return table != null
                && name.parts().size() == 1
                && table.transitions().contains(name.parts().get(0));
    }

    private static Checked accepted(Attempt attempt, Answer answer) {
        if (attempt.trust() == Trust.NONE) {
            return new Checked(Judgement.unchecked(attempt.fragment().line(), attempt.why()), Optional.empty());
        }
        return new Checked(Judgement.SOUND, Optional.of(new Shape(answer.columns(), attempt.replaced())));
    }

    private Judgement refused(Attempt attempt, Refusal refusal) throws SQLException {
        int line = attempt.line(refusal);
        boolean believed = refusal.ofBroken() && (attempt.trust() == Trust.FULL || refusal.ofRelation());
        if (believed) {
            return doubts.broken(attempt.fragment(), line, refusal);
        }
        if (refusal.ofPrivilege()) {
            return Judgement.forbidden(line, refusal.words());
        }
        return Judgement.unchecked(
                line, attempt.why().isEmpty() ? "refused with SQLSTATE " + refusal.state() : attempt.why());
    }
}
