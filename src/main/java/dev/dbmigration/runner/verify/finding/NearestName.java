package dev.dbmigration.runner.verify.finding;

import dev.dbmigration.runner.words.Likeness;
import java.util.Collection;
import java.util.Comparator;

/** Finds the name that was probably meant. */
public final class NearestName {

    private NearestName() {}

    /** {@code ; did you mean "clinical_notes"?}, or an empty string where nothing is similar enough. */
    public static String hint(String wanted, Collection<String> names) {
        return names.stream()
                .filter(name -> Likeness.near(wanted, name))
                .min(Comparator.comparingDouble((String name) -> Likeness.distance(wanted, name))
                        .thenComparing(name -> name))
                .map(name -> "; did you mean " + Words.quoted(name) + "?")
                .orElse("");
    }
}
