package dev.dbmigration.runner.verify;

/** A kind of object that checks name, and the part of the catalogue that lists it. */
enum ObjectKind {
    TABLE(
            "table",
            "SELECT oid, relname AS name, relnamespace AS namespace FROM pg_catalog.pg_class"
                    + " WHERE relkind IN ('r', 'p', 'v', 'm', 'f')"),
    INDEX(
            "index",
            "SELECT oid, relname AS name, relnamespace AS namespace FROM pg_catalog.pg_class"
                    + " WHERE relkind IN ('i', 'I')"),
    ENUM(
            "enum type",
            "SELECT oid, typname AS name, typnamespace AS namespace FROM pg_catalog.pg_type" + " WHERE typtype = 'e'");

    private final String noun;
    private final String source;

    ObjectKind(String noun, String source) {
        this.noun = noun;
        this.source = source;
    }

    String noun() {
        return noun;
    }

    /** A query of {@code oid}, {@code name} and {@code namespace} of all objects of this kind. */
    String source() {
        return source;
    }
}
