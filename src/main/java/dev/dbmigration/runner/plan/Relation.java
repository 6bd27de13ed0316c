package dev.dbmigration.runner.plan;

/** A relation that was there before the run; {@code kind} is that of {@code pg_class.relkind}. */
record Relation(long oid, String schema, String name, String kind) {

    boolean isPartitioned() {
        return kind.equals("p");
    }

    /** Whether rows lie behind it: a table, partitioned or not, or a materialized view. */
    boolean holdsRows() {
        return kind.equals("r") || kind.equals("p") || kind.equals("m");
    }

    /** As a person would write it. */
    String described() {
        return schema + "." + name;
    }
}
