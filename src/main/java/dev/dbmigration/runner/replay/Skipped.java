package dev.dbmigration.runner.replay;

import dev.dbmigration.runner.schema.Schema;
import dev.dbmigration.runner.schema.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A statement that the server has skipped, and what it would have made.
 *
 * @param place file and line
 * @param object label of what is there
 * @param parts what is not there, or otherwise; empty: it is the same
 * @param unknown why nobody can tell; null: it was seen
 * @param settled whether there were parts that later statements have made so, or have made otherwise
 */
record Skipped(String place, String object, List<Part> parts, String unknown, boolean settled) {

    /** As it was seen at once. */
    Skipped(String place, String object, List<Part> parts, String unknown) {
        this(place, object, parts, unknown, false);
    }

    /**
     * One part of what the statement wants.
     *
     * @param found its definition at that moment; null: it was not there
     */
    record Part(SchemaObject wanted, String found) {

        /** Whether a later statement has made it so, or has made something else of it, as somebody wanted. */
        boolean isSettledBy(Schema end) {
            String last = end.definition(wanted.label());
            return !Objects.equals(last, found) || found == null && isThereOtherwise(end);
        }

        /** Under another name, or with all of its table gone. */
        private boolean isThereOtherwise(Schema end) {
            boolean parentGone =
                    wanted.parent() != null && end.find(wanted.parent()).isEmpty();
            return parentGone || isIn(end);
        }

        /** Whether the same constraint or index is there, whatever it is called. */
        boolean isIn(Schema schema) {
            return (wanted.kind().equals("constraint") || wanted.kind().equals("index"))
                    && schema.objects().values().stream()
                            .filter(object -> object.kind().equals(wanted.kind()))
                            .filter(object -> Objects.equals(object.parent(), wanted.parent()))
                            .anyMatch(object -> withoutName(object).equals(withoutName(wanted)));
        }

        private static String withoutName(SchemaObject object) {
            return object.definition().replaceFirst("^(CREATE (UNIQUE )?INDEX) \\S+ ON", "$1 ON");
        }

        private String name() {
            String label = wanted.label();
            return label.substring(label.lastIndexOf('.') + 1);
        }

        private String words() {
            String what = wanted.kind().equals("column") ? "column " + name() : wanted.label();
            return what + (found == null ? " missing" : " is " + found + " instead of " + wanted.definition());
        }
    }

    /** The same as it stands at the end of all files. */
    Skipped at(Schema end) {
        List<Part> left = parts.stream().filter(part -> !part.isSettledBy(end)).toList();
        return new Skipped(place, object, left, unknown, left.isEmpty() && !parts.isEmpty());
    }

    boolean differs() {
        return !parts.isEmpty();
    }

    /** What patterns are held against. */
    String label() {
        return "statement " + place;
    }

    /** The finding as a sentence. */
    String words() {
        if (unknown != null) {
            return label() + ": was skipped, and could not be looked at alone: " + unknown;
        }
        return label() + ": " + object + " exists and " + verdict();
    }

    private String verdict() {
        if (differs()) {
            return "differs: " + differences();
        }
        return settled ? "differed; later statements see to it, or it is gone by the end" : "is the same";
    }

    private String differences() {
        List<String> columns = parts.stream()
                .filter(part -> part.found() == null && part.wanted().kind().equals("column"))
                .map(Part::name)
                .toList();
        List<String> words = new ArrayList<>();
        if (!columns.isEmpty()) {
            words.add((columns.size() == 1 ? "column " : "columns ") + String.join(", ", columns) + " missing");
        }
        parts.stream()
                .filter(part -> part.found() != null || !part.wanted().kind().equals("column"))
                .map(Part::words)
                .forEach(words::add);
        return words.stream().collect(Collectors.joining("; "));
    }
}
