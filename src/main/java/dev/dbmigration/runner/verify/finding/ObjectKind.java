package dev.dbmigration.runner.verify.finding;

/** A kind of object that lies in a schema, and the part of the catalogue that lists it. */
public enum ObjectKind {
    TABLE("table", relations("'r', 'p', 'v', 'm', 'f'")),
    INDEX("index", relations("'i', 'I'")),
    SEQUENCE("sequence", relations("'S'")),
    VIEW("view", relations("'v', 'm'")),
    ENUM("enum type", types("e")),
    DOMAIN("domain", types("d")),
    FUNCTION("function", "SELECT oid, proname AS name, pronamespace AS namespace FROM pg_catalog.pg_proc");

    private final String noun;
    private final String source;

    ObjectKind(String noun, String source) {
        this.noun = noun;
        this.source = source;
    }

    private static String relations(String kinds) {
        return "SELECT oid, relname AS name, relnamespace AS namespace FROM pg_catalog.pg_class WHERE relkind IN ("
                + kinds + ")";
    }

    private static String types(String kind) {
        return "SELECT oid, typname AS name, typnamespace AS namespace FROM pg_catalog.pg_type WHERE typtype = '" + kind
                + "'";
    }

    /** What a person calls one. */
    public String noun() {
        return noun;
    }

    /** A query of {@code oid}, {@code name} and {@code namespace} of all objects of this kind. */
    String source() {
        return source;
    }
}
