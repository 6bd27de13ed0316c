package dev.dbmigration.runner.script;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a file is known by in the ledger: the numbers its name begins with ({@code V1_2__x.sql} is 1.2, {@code
 * 001_x.sql} is 1, {@code 20251119_x.sql} is 20251119), or, without any, the name itself.
 *
 * @param numbers empty where the name begins with none; no zeros at the end, so that 1.0 is 1
 */
public record Version(String text, List<BigInteger> numbers) implements Comparable<Version> {

    private static final Pattern PREFIX = Pattern.compile("[Vv]?(\\d+(?:[._-]\\d+(?![A-Za-z0-9]))*)");

    public Version {
        numbers = List.copyOf(numbers);
    }

    /** The version of a file of this name. */
    public static Version of(String fileName) {
        String stem = fileName.endsWith(".sql") ? fileName.substring(0, fileName.length() - 4) : fileName;
        Matcher prefix = PREFIX.matcher(stem);
        if (!prefix.lookingAt()) {
            return new Version(fileName, List.of());
        }
        List<BigInteger> numbers = numbers(prefix.group(1));
        return new Version(numbers.stream().map(BigInteger::toString).collect(Collectors.joining(".")), numbers);
    }

    private static List<BigInteger> numbers(String prefix) {
        List<BigInteger> numbers = new ArrayList<>();
        for (String group : prefix.split("[._-]")) {
            numbers.add(new BigInteger(group));
        }
        while (numbers.size() > 1 && numbers.get(numbers.size() - 1).signum() == 0) {
            numbers.remove(numbers.size() - 1);
        }
        return numbers;
    }

    /** Whether the name itself has to serve. */
    public boolean isName() {
        return numbers.isEmpty();
    }

    /** Whether its file runs again each time it has changed: {@code R__x.sql}. */
    public boolean isRepeatable() {
        return isName() && text.startsWith("R__");
    }

    @Override
    public String toString() {
        return text;
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
            int order = numbers.get(i).compareTo(other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(numbers.size(), other.numbers.size());
        return order != 0 ? order : text.compareTo(other.text);
    }
}
