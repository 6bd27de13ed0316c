package dev.dbmigration.runner.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All that was read of a database, by label; the columns of a table come in their order. */
public record Schema(Map<String, SchemaObject> objects) {

    public Schema {
        objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
    }

    static Schema of(Collection<SchemaObject> objects) {
        Map<String, SchemaObject> byLabel = new LinkedHashMap<>();
        objects.forEach(object -> byLabel.put(object.label(), object));
        return new Schema(byLabel);
    }

    /** The object of this label, if there is one. */
    public Optional<SchemaObject> find(String label) {
        return Optional.ofNullable(objects.get(label));
    }

    /** The definition of an object; null: there is none of this label. */
    public String definition(String label) {
        return find(label).map(SchemaObject::definition).orElse(null);
    }

    /** Only the objects that are so. */
    public Schema only(Predicate<SchemaObject> wanted) {
        return of(objects.values().stream().filter(wanted).toList());
    }

    /** What is new here, or otherwise, when an earlier reading of the same database is compared. */
    public Schema changedSince(Schema earlier) {
        return only(object -> !object.definition().equals(earlier.definition(object.label())));
    }

    /** The schemas in which something lies. */
    Set<String> schemas() {
        return objects.values().stream()
                .map(SchemaObject::schema)
                .filter(schema -> !schema.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Labels of each table's columns, in their order, by the table's label. */
    Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        objects.values().stream()
                .filter(object -> object.kind().equals("column"))
                .forEach(column -> columns.computeIfAbsent(column.parent(), table -> new ArrayList<>())
                        .add(column.label()));
        return columns;
    }
}
