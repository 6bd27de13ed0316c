package dev.dbmigration.runner.words;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How far apart two names are for a person who confuses a model with its table: case, underscores, camel case and the
 * plural make no difference.
 */
public final class Likeness {

    private static final double NEAR = 0.34;

    private static final String WORD_BREAKS =
            "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9\\x{80}-\\x{10FFFF}]+";

    private Likeness() {}

    /** 0: the same word; from 1 up: nothing in common. */
    public static double distance(String one, String other) {
        String a = plain(one);
        String b = plain(other);
        int longer = Math.max(a.length(), b.length());
        return longer == 0 ? 1 : (double) edits(a, b) / longer;
    }

    /** Whether one may have been meant by the other. */
    public static boolean near(String one, String other) {
        return distance(one, other) <= NEAR;
    }

    private static String plain(String name) {
        return Arrays.stream(name.split(WORD_BREAKS))
                .map(word -> singular(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining());
    }

    private static String singular(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.matches(".*(s|x|z|ch|sh)es") && word.length() > 4) {
            return word.substring(0, word.length() - 2);
        }
        boolean plural = word.endsWith("s") && !word.endsWith("ss") && word.length() > 3;
        return plural ? word.substring(0, word.length() - 1) : word;
    }

    /** Letters to insert, delete, replace, or exchange with their neighbour. */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
