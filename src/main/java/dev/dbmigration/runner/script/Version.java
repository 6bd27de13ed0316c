package dev.dbmigration.runner.script;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a file is known by in the ledger: the numbers its name begins with ({@code V1_2__x.sql} is 1.2, {@code
 * 001_x.sql} is 1, {@code 20251119T0930_x.sql} is 20251119.930), or those of the nearest folder above that begins with
 * some ({@code 001_users/up.sql}), or, without any, the name itself.
 *
 * @param numbers empty where the name begins with none; no zeros at the end, so that 1.0 is 1
 */
public record Version(String text, List<BigInteger> numbers) implements Comparable<Version> {

    /** Between a date and a time. */
    private static final String TIME = "(?<=\\d\\d)T(?=\\d\\d)";

    private static final Pattern PREFIX =
            Pattern.compile("[Vv]?(\\d+(?:(?:[._-]|" + TIME + ")\\d+(?!(?!" + TIME + ")[A-Za-z0-9]))*)");

    public Version {
        numbers = List.copyOf(numbers);
    }

    /** The version of a file of this name; the names of folders above it stand before it, with slashes. */
    public static Version of(String fileName) {
        String name = fileName.substring(fileName.lastIndexOf('/') + 1);
        Version own = ofOne(name);
        if (!own.isName() || own.isRepeatable() || name.equals(fileName)) {
            return own;
        }
        Version above = of(fileName.substring(0, fileName.length() - name.length() - 1));
        return above.isName() ? own : above;
    }

    private static Version ofOne(String name) {
        Matcher prefix = PREFIX.matcher(stem(name));
        if (!prefix.lookingAt()) {
            return new Version(name, List.of());
        }
        List<BigInteger> numbers = numbers(prefix.group(1));
        return new Version(numbers.stream().map(BigInteger::toString).collect(Collectors.joining(".")), numbers);
    }

    private static String stem(String name) {
        return name.endsWith(".sql") ? name.substring(0, name.length() - 4) : name;
    }

    /** A name for the file {@code fileName} that puts it right behind this version. */
    String nameBehind(String fileName) {
        String name = fileName.substring(fileName.lastIndexOf('/') + 1);
        Matcher prefix = PREFIX.matcher(stem(name));
        String description =
                stem(name).substring(prefix.lookingAt() ? prefix.end() : 0).replaceFirst("^[-._]+", "");
        return "V" + text.replace('.', '_') + "_1" + (description.isEmpty() ? "" : "__" + description) + ".sql";
    }

    private static List<BigInteger> numbers(String prefix) {
        List<BigInteger> numbers = new ArrayList<>();
        for (String group : prefix.split("[._T-]")) {
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
