package dev.dbmigration.runner.verify.finding;

/** A kind of object that belongs to a table, and the part of the catalogue that lists it. */
public enum PartKind {
    CONSTRAINT("constraint", "SELECT oid, conname AS name, conrelid AS owner FROM pg_catalog.pg_constraint"),
    TRIGGER(
            "trigger",
            "SELECT oid, tgname AS name, tgrelid AS owner FROM pg_catalog.pg_trigger WHERE NOT tgisinternal"),
    POLICY("policy", "SELECT oid, polname AS name, polrelid AS owner FROM pg_catalog.pg_policy");

    private final String noun;
    private final String source;

    PartKind(String noun, String source) {
        this.noun = noun;
        this.source = source;
    }

    String noun() {
        return noun;
    }

    /** A query of {@code oid}, {@code name} and {@code owner} of all objects of this kind. */
    String source() {
        return source;
    }
}
