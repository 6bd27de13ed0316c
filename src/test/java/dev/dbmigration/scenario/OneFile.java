package dev.dbmigration.scenario;

import dev.dbmigration.testing.Database;

/** The smallest migrations that tests tell apart by name. */
final class OneFile {

    /** Takes effect visibly once: run twice, it fails or counts to two. */
    static final String COUNTING = "create table effect (n int); insert into effect values (1);";

    private OneFile() {}

    /** An inline file against a database whose Secret is {@code db}. */
    static String inline(String name, Database database, String sql) {
        return inline(name, database, sql, "");
    }

    /** The same with further fields of the spec, indented by two; no two resources have the very same file. */
    static String inline(String name, Database database, String sql, String more) {
        String file = "- inline: {name: 001_t.sql, content: \"%s\\n-- %s\"}".formatted(sql, name);
        return sources(name, database, file, more);
    }

    static String sources(String name, Database database, String source, String more) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: %s}
                spec:
                  database: %s
                  sql:
                    sources:
                      %s
                %s
                """.formatted(name, Stage.databaseYaml(database, "db"), source, more);
    }

    static String container(String name, Database database, String script) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: %s}
                spec:
                  database: %s
                  container: {image: "app:1", entrypoint: [sh, -c], args: ["%s"]}
                """.formatted(name, Stage.databaseYaml(database, "db"), script);
    }
}
