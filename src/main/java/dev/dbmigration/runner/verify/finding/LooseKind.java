package dev.dbmigration.runner.verify.finding;

/** A kind of object that lies in no schema, and the part of the catalogue that lists it. */
public enum LooseKind {
    SCHEMA("schema", "SELECT oid, nspname AS name FROM pg_catalog.pg_namespace"),
    EXTENSION("extension", "SELECT oid, extname AS name FROM pg_catalog.pg_extension"),
    PUBLICATION("publication", "SELECT oid, pubname AS name FROM pg_catalog.pg_publication"),
    ROLE("role", "SELECT oid, rolname AS name FROM pg_catalog.pg_roles"),
    DATABASE("database", "SELECT oid, datname AS name FROM pg_catalog.pg_database");

    private final String noun;
    private final String source;

    LooseKind(String noun, String source) {
        this.noun = noun;
        this.source = source;
    }

    String noun() {
        return noun;
    }

    /** A query of {@code oid} and {@code name} of all objects of this kind. */
    String source() {
        return source;
    }
}
