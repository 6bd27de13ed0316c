package dev.dbmigration.runner.verify.finding;

import java.util.List;
import java.util.stream.Collectors;

/** How results are worded. */
public final class Words {

    /** Longest value in a result, in characters, as the status bounds it. */
    private static final int LONGEST = 256;

    /** So many are named, the others counted. */
    private static final int NAMED = 5;

    private Words() {}

    /** A name as a sentence holds it. */
    public static String quoted(String name) {
        return '"' + name + '"';
    }

    /** Items as a person lists them; quoted only where an item could be read as two, or as none. */
    public static String listed(List<String> items) {
        return items.stream().map(Words::item).collect(Collectors.joining(", "));
    }

    private static String item(String item) {
        boolean plain = !item.isEmpty() && item.equals(item.strip()) && !item.contains(",");
        return plain ? item : "'" + item + "'";
    }

    /** {@code 1 row}, {@code 2 rows}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1 entry}, {@code 2 entries}. */
    public static String entries(long number) {
        return number + (number == 1 ? " entry" : " entries");
    }

    /** The first few, and how many more there are: what is shown of a result is short. */
    public static String some(List<?> all) {
        String named = all.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return all.size() <= NAMED ? named : named + " and " + (all.size() - NAMED) + " more";
    }

    /** The first 256 characters, the last of them {@code …} where more follow. */
    public static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int cut = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, cut) + "…";
    }
}
