package dev.dbmigration.runner.verify.finding;

import dev.dbmigration.runner.catalogue.Catalogue;
import dev.dbmigration.runner.catalogue.TypeName;
import dev.dbmigration.runner.verify.finding.Finding.Part;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a check states of an object, attribute by attribute, and the comparison with the object itself. What a check
 * leaves out (null) is not looked at.
 *
 * @param <T> the object as the catalogue has it
 */
public final class Stated<T> {

    private final Boolean exists;
    private final List<Attribute<T>> attributes = new ArrayList<>();

    /** {@code exists} as the check has it; null is true. */
    public Stated(Boolean exists) {
        this.exists = exists;
    }

    /** Compares one attribute. */
    @FunctionalInterface
    public interface Look<T> {
        Part at(Catalogue catalogue, T object) throws SQLException;
    }

    /** Reads an object that was located. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Catalogue catalogue, Located object) throws SQLException;
    }

    private record Attribute<T>(String expected, Look<T> look) {}

    /** Any attribute; {@code expected} in its author's words, for where the database could not be asked. */
    public Stated<T> attribute(Object stated, String expected, Look<T> look) {
        if (stated != null) {
            attributes.add(new Attribute<>(expected, look));
        }
        return this;
    }

    /** A value that is the same exactly when it is said in the same words. */
    public <V> Stated<T> same(V stated, Function<T, V> found, Function<V, String> words) {
        return stated == null
                ? this
                : attribute(
                        stated,
                        words.apply(stated),
                        (catalogue, object) -> Part.of(words.apply(stated), words.apply(found.apply(object))));
    }

    /** A name, letter for letter or folded; an empty string: none is expected, as null: none is found. */
    public Stated<T> name(String stated, String before, Function<T, String> found) {
        return attribute(stated, words(before, stated), (catalogue, object) -> {
            String name = found.apply(object);
            boolean same = name == null
                    ? stated.isEmpty()
                    : List.of(ObjectName.spellings(stated)).contains(name);
            return new Part(words(before, stated), words(before, name), same);
        });
    }

    /** The name of another object, with its schema or without. */
    public Stated<T> reference(String stated, String before, Function<T, Reference> found) {
        return attribute(stated, words(before, stated), (catalogue, object) -> {
            Reference reference = found.apply(object);
            boolean same = reference == null ? stated.isEmpty() : reference.is(stated);
            return new Part(words(before, stated), words(before, reference), same);
        });
    }

    /** An expression as PostgreSQL prints it; an empty string: none is expected, as null: none is found. */
    public Stated<T> expression(String stated, String before, Function<T, Printed> found) {
        return attribute(stated, words(before, stated), (catalogue, object) -> {
            Printed printed = found.apply(object);
            boolean same = printed == null ? stated.isEmpty() : printed.is(stated);
            return new Part(words(before, stated), words(before, printed), same);
        });
    }

    /** A type as DDL has it; {@code found} as {@code format_type} spells it. */
    public Stated<T> type(String stated, Function<T, String> found) {
        return attribute(stated, "type " + stated, (catalogue, object) -> {
            String type = found.apply(object);
            return TypeName.canonical(catalogue, stated)
                    .map(canonical -> Part.of("type " + canonical, "type " + type))
                    .orElseGet(() ->
                            new Part("type " + stated, "type " + type + " (no type " + stated + " exists)", false));
        });
    }

    /** Names in order, all of them; an empty list is one that says nothing unless {@code emptySays}. */
    public Stated<T> ordered(List<String> stated, String before, Function<T, List<String>> found) {
        return stated == null
                ? this
                : attribute(stated, Names.words(before, stated), (catalogue, object) -> {
                    List<String> names = found.apply(object);
                    return new Part(
                            Names.words(before, stated), Names.words(before, names), Names.ordered(stated, names));
                });
    }

    /** Names in any order, all of them. */
    public Stated<T> exactly(List<String> stated, String before, Function<T, List<String>> found) {
        return stated == null
                ? this
                : attribute(
                        stated,
                        Names.words(before, stated),
                        (catalogue, object) -> Names.exactly(before, stated, found.apply(object)));
    }

    /** Names that are there beside others. */
    public Stated<T> atLeast(List<String> stated, String before, Function<T, List<String>> found) {
        return stated == null
                ? this
                : attribute(
                        stated,
                        Names.words(before, stated),
                        (catalogue, object) -> Names.atLeast(before, stated, found.apply(object)));
    }

    /** Words of an enum, in any order, all of them. */
    public <E extends Enum<E>> Stated<T> set(List<E> stated, String before, Function<T, List<String>> found) {
        if (stated == null) {
            return this;
        }
        List<String> names = stated.stream().distinct().map(Enum::name).sorted().toList();
        return attribute(stated, Names.words(before, names), (catalogue, object) -> {
            List<String> others = found.apply(object).stream().sorted().toList();
            return new Part(
                    Names.words(before, names),
                    Names.words(before, others),
                    new HashSet<>(names).equals(new HashSet<>(others)));
        });
    }

    /** What the check expects, in its author's words. */
    public String expected() {
        return judgesOnlyPresence()
                ? Presence.words(exists)
                : String.join(", ", attributes.stream().map(Attribute::expected).toList());
    }

    /** Looks for the object and at it. */
    public Finding judge(Catalogue catalogue, Sought sought, Reader<T> reader) throws SQLException {
        Optional<Located> found = sought.locate(catalogue);
        if (found.isEmpty()) {
            return Presence.missing(exists, expected(), sought, catalogue);
        }
        return judgesOnlyPresence()
                ? Presence.found(exists, sought.described(found.get()))
                : compared(catalogue, reader.read(catalogue, found.get()));
    }

    /** That of the objects which is nearest to what is stated; there is at least one. */
    public Finding nearest(Catalogue catalogue, List<T> objects) throws SQLException {
        if (judgesOnlyPresence()) {
            return Presence.found(exists, objects.get(0).toString());
        }
        List<Finding> findings = new ArrayList<>();
        for (T object : objects) {
            Finding finding = compared(catalogue, object);
            findings.add(objects.size() == 1 ? finding : finding.of(object.toString()));
        }
        return findings.stream().min(Comparator.comparingLong(Finding::unmet)).orElseThrow();
    }

    /** Each attribute of the object beside what is stated of it. */
    public Finding compared(Catalogue catalogue, T object) throws SQLException {
        List<Part> parts = new ArrayList<>();
        for (Attribute<T> attribute : attributes) {
            parts.add(attribute.look().at(catalogue, object));
        }
        return new Finding(parts);
    }

    /** Whether nothing is asked but whether the object is there. */
    public boolean judgesOnlyPresence() {
        return !Presence.wanted(exists) || attributes.isEmpty();
    }

    private static String words(String before, Object value) {
        String text = value == null ? "" : value.toString();
        return text.isEmpty() ? "no " + before : before + " " + text;
    }
}
