package dev.dbmigration.runner.plpgsql;

import java.util.List;
import java.util.Optional;

/**
 * The names that can be used at one place of a body, innermost first, by the rules of PL/pgSQL. Never changed: a
 * declaration makes new ones, so a place sees what was declared before it and nothing later.
 */
public final class Names {

    /** A block, a loop, or the function itself, by whose label names can be qualified; label may be null. */
    private record Level(String label) {}

    /** What a reference means: the first {@code used} of its parts name this variable. */
    public record Found(Variable variable, int used) {}

    private final Names before;
    private final Level level;
    private final String name;
    private final Variable variable;

    private Names(Names before, Level level, String name, Variable variable) {
        this.before = before;
        this.level = level;
        this.name = name;
        this.variable = variable;
    }

    /** No names yet; parameters will be known by the function's name too. */
    public static Names ofFunction(String function) {
        return new Names(null, new Level(function), null, null);
    }

    /** These and one more, in the same block. */
    public Names with(String added, Variable what) {
        return new Names(this, level, added, what);
    }

    /** The same in a block or loop within; {@code label} may be null. */
    Names within(String label) {
        return new Names(this, new Level(label), null, null);
    }

    /** The variable that these parts of a dotted name begin with; names are as the catalogue has them. */
    public Optional<Found> find(List<String> parts) {
        for (Names names = this; names != null; names = names.before) {
            if (parts.get(0).equals(names.name)) {
                return Optional.of(new Found(names.variable, 1));
            }
            boolean lastOfLevel = names.before == null || names.before.level != names.level;
            if (lastOfLevel && parts.size() > 1 && parts.get(0).equals(names.level.label())) {
                Optional<Found> inLevel = inLevel(names.level, parts.get(1));
                if (inLevel.isPresent()) {
                    return inLevel;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a name that stands alone is a variable. */
    public boolean has(String alone) {
        return find(List.of(alone)).isPresent();
    }

    private Optional<Found> inLevel(Level wanted, String wantedName) {
        for (Names names = this; names != null; names = names.before) {
            if (names.level == wanted && wantedName.equals(names.name)) {
                return Optional.of(new Found(names.variable, 2));
            }
        }
        return Optional.empty();
    }
}
