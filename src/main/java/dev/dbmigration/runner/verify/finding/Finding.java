package dev.dbmigration.runner.verify.finding;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** What a probe found: whether the database is as expected, and both sides in words, part by part. */
public record Finding(List<Part> parts) {

    /** One thing looked at; {@code met}: found as expected, though perhaps said in other words. */
    public record Part(String expected, String observed, boolean met) {

        /** A part whose two sides are said in the same words exactly when they are the same. */
        public static Part of(String expected, String observed) {
            return new Part(expected, observed, expected.equals(observed));
        }
    }

    /** What is said of one thing. */
    public static Finding of(boolean met, String expected, String observed) {
        return new Finding(List.of(new Part(expected, observed, met)));
    }

    /** Whether all of it is as expected. */
    public boolean met() {
        return parts.stream().allMatch(Part::met);
    }

    /** What was expected, all of it. */
    public String expected() {
        return parts.stream().map(Part::expected).collect(joining(", "));
    }

    /** What was observed, all of it. */
    public String observed() {
        return parts.stream().map(Part::observed).collect(joining(", "));
    }

    /** Only what is not as expected, for a sentence that has no room for the rest. */
    public String difference() {
        Finding unmet = new Finding(parts.stream().filter(part -> !part.met()).toList());
        return "expected " + unmet.expected() + ", found " + unmet.observed();
    }

    /** How many things are not as expected. */
    public long unmet() {
        return parts.stream().filter(part -> !part.met()).count();
    }

    /** The same, saying in what was not expected which object it was found at. */
    public Finding of(String object) {
        return new Finding(parts.stream()
                .map(part ->
                        part.met() ? part : new Part(part.expected(), part.observed() + " (" + object + ")", false))
                .toList());
    }
}
