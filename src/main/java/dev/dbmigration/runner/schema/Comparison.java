package dev.dbmigration.runner.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What files make, beside what is there.
 *
 * @param before the database that the files were replayed into, before that
 * @param after the same one afterwards
 * @param found the database in question
 */
public record Comparison(Schema before, Schema after, Schema found) {

    /** Histories of migration tools, none of which is part of what files make unless they say so. */
    private static final Set<String> HISTORIES = Set.of(
            "flyway_schema_history",
            "schema_version",
            "databasechangelog",
            "databasechangeloglock",
            "schema_migrations",
            "schema_history",
            "goose_db_version",
            "gorp_migrations",
            "_prisma_migrations",
            "SequelizeMeta",
            "SequelizeData",
            "alembic_version",
            "django_migrations",
            "ar_internal_metadata",
            "knex_migrations",
            "knex_migrations_lock",
            "mikro_orm_migrations",
            "__drizzle_migrations",
            "__EFMigrationsHistory",
            "pgmigrations",
            "migrations",
            "typeorm_metadata",
            "atlas_schema_revisions");

    /** What is missing, different, and in schemas that the files touch, extra; parts of a missing or extra object go with it. */
    public List<Difference> differences() {
        Schema expected = expected();
        List<Difference> differences = new ArrayList<>();
        for (SchemaObject object : expected.objects().values()) {
            String there = found.definition(object.label());
            if (!object.definition().equals(there)) {
                differences.add(new Difference(object.label(), object.definition(), there));
            }
        }
        Set<String> touched = expected.schemas();
        found.objects().values().stream()
                .filter(object -> touched.contains(object.schema()))
                .filter(object -> isExtra(object) && !isOfOthers(object, expected))
                .map(object -> new Difference(object.label(), null, object.definition()))
                .forEach(differences::add);
        return withoutParts(differences);
    }

    /** Tables whose columns, as far as both sides have them, come in another order: nothing is wrong with that. */
    public List<String> otherOrders() {
        Map<String, List<String>> there = found.columns();
        List<String> tables = new ArrayList<>();
        expected().columns().forEach((table, columns) -> {
            List<String> found = there.getOrDefault(table, List.of());
            if (!common(columns, found).equals(common(found, columns))) {
                tables.add(table);
            }
        });
        return tables;
    }

    /** How many objects the files make or change. */
    public int size() {
        return expected().objects().size();
    }

    private Schema expected() {
        return after.changedSince(before);
    }

    private boolean isExtra(SchemaObject object) {
        return after.find(object.label()).isEmpty()
                && before.find(object.label()).isEmpty()
                && !object.kind().equals("schema")
                && !object.partition()
                && !isHistory(object);
    }

    /** Such as a privilege on the schema public, which was there before the files. */
    private boolean isOfOthers(SchemaObject object, Schema expected) {
        return object.parent() != null
                && before.find(object.parent()).isPresent()
                && expected.find(object.parent()).isEmpty();
    }

    private boolean isHistory(SchemaObject object) {
        return object.relation() != null && HISTORIES.contains(object.relation().replaceFirst("_id_seq$", ""));
    }

    private List<Difference> withoutParts(List<Difference> differences) {
        Set<String> whole = new HashSet<>();
        differences.stream()
                .filter(difference -> difference.found() == null || difference.expected() == null)
                .map(Difference::label)
                .forEach(whole::add);
        return differences.stream()
                .filter(difference -> !whole.contains(parent(difference)))
                .toList();
    }

    private String parent(Difference difference) {
        SchemaObject object = Objects.requireNonNullElseGet(
                after.objects().get(difference.label()), () -> found.objects().get(difference.label()));
        return object.parent();
    }

    private static List<String> common(List<String> of, List<String> with) {
        return of.stream().filter(with::contains).toList();
    }
}
