package dev.dbmigration.runner.snapshot;

/**
 * What is asked of the catalogue for one kind of check. The answer's columns are those of {@link Draft}: schema, group,
 * label, body as JSON, a note.
 *
 * @param about what the one parameter lists
 */
record Question(String kind, About about, String sql) {

    /** A list of the schemas' names, or of the oids of their tables and views. */
    enum About {
        SCHEMAS,
        RELATIONS
    }

    /** Of each schema. */
    static Question ofSchemas(String kind, String sql) {
        return new Question(kind, About.SCHEMAS, sql);
    }

    /** Of each table or view; {@code c} and {@code n} are its rows of pg_class and pg_namespace. */
    static Question ofRelations(String kind, String columns, String joins, String rest) {
        return new Question(
                kind,
                About.RELATIONS,
                "SELECT n.nspname, c.relname, " + columns + """
                 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                """ + joins + " WHERE c.oid = ANY (?::pg_catalog.oid[]) "
                        + rest);
    }

    /** An object of JSON in which nothing stands for what is null. */
    static String object(String members) {
        return "pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(" + members + "))";
    }

    /** That the object of this catalogue and oid came with no extension. */
    static String own(String catalogue, String oid) {
        return "NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog." + catalogue
                + "'::pg_catalog.regclass AND x.objid = " + oid + " AND x.deptype = 'e')";
    }
}
