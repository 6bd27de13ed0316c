package dev.dbmigration.runner.verify.finding;

import static dev.dbmigration.runner.verify.finding.Words.listed;

import dev.dbmigration.runner.verify.finding.Finding.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lists of names as a check states them beside those of the catalogue. */
final class Names {

    private Names() {}

    /** {@code columns a, b}, or {@code no columns}. */
    static String words(String before, List<String> names) {
        return names.isEmpty() ? "no " + before : before + " " + listed(names);
    }

    static boolean ordered(List<String> stated, List<String> found) {
        return stated.size() == found.size()
                && IntStream.range(0, found.size()).allMatch(i -> same(stated.get(i), found.get(i)));
    }

    static Part atLeast(String before, List<String> stated, List<String> found) {
        List<String> missing = missing(stated, found);
        String observed = missing.isEmpty() ? words(before, stated) : told(missing, List.of(), before, found);
        return new Part(words(before, stated), observed, missing.isEmpty());
    }

    static Part exactly(String before, List<String> stated, List<String> found) {
        List<String> missing = missing(stated, found);
        List<String> others = found.stream()
                .filter(name -> stated.stream().noneMatch(wanted -> same(wanted, name)))
                .toList();
        boolean met = missing.isEmpty() && others.isEmpty();
        return new Part(words(before, stated), met ? words(before, found) : told(missing, others, before, found), met);
    }

    private static List<String> missing(List<String> stated, List<String> found) {
        return stated.stream()
                .filter(wanted -> found.stream().noneMatch(name -> same(wanted, name)))
                .toList();
    }

    /** What differs stands before all names, as a long list is cut at its end. */
    private static String told(List<String> missing, List<String> others, String before, List<String> found) {
        List<String> words = new ArrayList<>();
        if (!missing.isEmpty()) {
            words.add("missing " + listed(missing));
        }
        if (!others.isEmpty()) {
            words.add("not expected " + listed(others));
        }
        String hint = missing.size() == 1 ? NearestName.hint(missing.get(0), found) : "";
        return String.join(", ", words) + ": " + words(before, found) + hint;
    }

    private static boolean same(String stated, String found) {
        return List.of(ObjectName.spellings(stated)).contains(found);
    }
}
