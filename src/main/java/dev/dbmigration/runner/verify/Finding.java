package dev.dbmigration.runner.verify;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** What a probe found: whether the database is as expected, and both sides in words, part by part. */
record Finding(List<Part> parts) {

    /** One thing looked at; {@code met}: found as expected, though perhaps said in other words. */
    record Part(String expected, String observed, boolean met) {

        /** A part whose two sides are said in the same words exactly when they are the same. */
        static Part of(String expected, String observed) {
            return new Part(expected, observed, expected.equals(observed));
        }
    }

    static Finding of(boolean met, String expected, String observed) {
        return new Finding(List.of(new Part(expected, observed, met)));
    }

    boolean met() {
        return parts.stream().allMatch(Part::met);
    }

    String expected() {
        return parts.stream().map(Part::expected).collect(joining(", "));
    }

    String observed() {
        return parts.stream().map(Part::observed).collect(joining(", "));
    }

    /** Only what is not as expected, for a sentence that has no room for the rest. */
    String difference() {
        Finding unmet = new Finding(parts.stream().filter(part -> !part.met()).toList());
        return "expected " + unmet.expected() + ", found " + unmet.observed();
    }
}
