package dev.dbmigration.runner.verify.object;

import java.math.BigInteger;
import java.util.Comparator;

/** Versions of extensions, which are any text: compared part by part, numbers as numbers; 1.6 is 1.6.0. */
enum VersionOrder implements Comparator<String> {
    INSTANCE;

    private static final String PARTS = "[^0-9A-Za-z]+|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])";

    @Override
    public int compare(String one, String other) {
        String[] ones = one.split(PARTS);
        String[] others = other.split(PARTS);
        for (int i = 0; i < Math.max(ones.length, others.length); i++) {
            int order = part(ones, i, others, i);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int part(String[] ones, int i, String[] others, int j) {
        String one = i < ones.length ? ones[i] : "0";
        String other = j < others.length ? others[j] : "0";
        boolean numbers = isNumber(one) && isNumber(other);
        if (numbers) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        // A word stands before the release that it leads to: 3.0beta1 before 3.0.
        return isNumber(one) ? 1 : isNumber(other) ? -1 : one.compareTo(other);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
