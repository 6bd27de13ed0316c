package dev.dbmigration.runner.schema;

/**
 * One object of a database, or one trait of it that can differ for itself, such as its owner.
 *
 * @param kind such as {@code table}, {@code column} or {@code privileges}
 * @param schema whose it is; empty: it belongs to none
 * @param relation the table or view that it is, or is a part of; null: none
 * @param label kind and name, such as {@code column public.tasks.note}: unique in its database
 * @param definition as PostgreSQL prints it with an empty search_path, all names with their schemas
 * @param parent label of the object that it goes with; null: it stands for itself
 * @param partition whether it is, or is part of, a partition
 */
public record SchemaObject(
        String kind,
        String schema,
        String relation,
        String label,
        String definition,
        String parent,
        boolean partition) {}
