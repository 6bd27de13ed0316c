package dev.dbmigration.runner.verify;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that was probably meant: case and underscores count for nothing, as that is what mappers change. */
final class NearestName {

    private NearestName() {}

    /** {@code ; did you mean "clinical_notes"?}, or an empty string where nothing is similar enough. */
    static String hint(String wanted, Collection<String> names) {
        int tolerated = 1 + plain(wanted).length() / 6;
        return names.stream()
                .filter(name -> distance(wanted, name) <= tolerated)
                .min(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(name -> name))
                .map(name -> "; did you mean " + Words.quoted(name) + "?")
                .orElse("");
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's, of the plain forms. */
    private static int distance(String one, String other) {
        String a = plain(one);
        String b = plain(other);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row = next(row, a.charAt(i - 1), b, i);
        }
        return row[b.length()];
    }

    private static int[] next(int[] above, char letter, String b, int i) {
        int[] row = new int[above.length];
        row[0] = i;
        for (int j = 1; j < row.length; j++) {
            int replaced = above[j - 1] + (b.charAt(j - 1) == letter ? 0 : 1);
            row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
        }
        return row;
    }
}
