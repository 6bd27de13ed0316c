package dev.dbmigration.scenario;

import dev.dbmigration.testing.ApiRequest;
import dev.dbmigration.testing.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One way by which a secret could get out.
 *
 * @param what what is done, in words
 * @param outcome the reason that the run must come to, or its outcome where it has none, so that a case which ends
 *     otherwise proves nothing by accident
 * @param logged whether the words must stand in the Pod's log, the place for details; if not, they must not
 * @param copied requests that may hold the words, since carrying them is what they are for
 * @param words what must be told nowhere else
 */
record Leak(String what, String outcome, boolean logged, Predicate<ApiRequest> copied, List<String> words, Play play) {

    /** Makes a resource of this name, and what it needs; the Secret of the name opens the database. */
    interface Play {
        void begin(Stage stage, String name, Database database);
    }

    /** A statement in a Secret, so that it stands in nothing that the operator writes. */
    static Leak sql(String what, String outcome, String sql, String... words) {
        return new Leak(what, outcome, true, any -> false, List.of(words), (stage, name, database) -> {
            stage.secret(name + "-files", Map.of("001_t.sql", sql.replace("{password}", database.password())));
            stage.migration(migration(name, Stage.databaseYaml(database, name), fromSecret(name)));
        });
    }

    /** A database that a Secret alone describes; the values know {@code {host}}, {@code {port}} and the like. */
    static Leak connection(String what, String outcome, Map<String, String> secret, String... words) {
        return new Leak(what, outcome, false, any -> false, List.of(words), (stage, name, database) -> {
            Map<String, String> data = new HashMap<>();
            secret.forEach((key, value) -> data.put(key, filled(value, database)));
            stage.secret(name + "-db", data);
            stage.secret(name + "-files", Map.of("001_t.sql", "select 1"));
            stage.migration(migration(name, "{secretRef: {name: %s-db}}".formatted(name), fromSecret(name)));
        });
    }

    /** A user's container, which gets what it is given; {@code container} is the rest of its manifest. */
    static Leak container(String what, String outcome, String container, String... words) {
        return new Leak(
                what,
                outcome,
                true,
                request -> request.creates("pods"),
                List.of(words),
                (stage, name, database) -> stage.migration(migration(
                        name,
                        Stage.databaseYaml(database, name),
                        "container: {image: \"app:1\", entrypoint: [sh, -c], " + container + "}")));
    }

    /** A check, whose expectations stand in the snapshot of its run. */
    static Leak check(String what, String outcome, String check, String... words) {
        return new Leak(
                what,
                outcome,
                true,
                request -> request.creates("configmaps"),
                List.of(words),
                (stage, name, database) ->
                        stage.verification("""
                        apiVersion: dbmigration.dev/v1alpha1
                        kind: MigrationVerification
                        metadata: {name: %s}
                        spec:
                          database: %s
                          checks:
                            - name: check
                              %s
                        """.formatted(name, Stage.databaseYaml(database, name), check)));
    }

    /** The same, and the words stand in no log either. */
    Leak notEvenLogged() {
        return new Leak(what, outcome, false, copied, words, play);
    }

    /** The same, after something else has been done. */
    Leak after(Play before) {
        return new Leak(what, outcome, logged, copied, words, (stage, name, database) -> {
            before.begin(stage, name, database);
            play.begin(stage, name, database);
        });
    }

    private static String fromSecret(String name) {
        return "sql: {sources: [{secret: {name: %s-files}}]}".formatted(name);
    }

    private static String filled(String value, Database database) {
        return value.replace("{host}", database.host())
                .replace("{port}", Integer.toString(database.port()))
                .replace("{user}", database.user())
                .replace("{name}", database.name())
                .replace("{password}", database.password());
    }

    private static String migration(String name, String database, String work) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: %s}
                spec:
                  retry: {limit: 0}
                  timeouts: {start: 10s}
                  database: %s
                  %s
                """.formatted(name, database, work);
    }

    @Override
    public String toString() {
        return what;
    }
}
