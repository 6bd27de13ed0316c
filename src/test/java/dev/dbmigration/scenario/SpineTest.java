package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One inline file, from the resource to the database and back. */
class SpineTest {

    private final Stage stage = Stage.open();
    private final Database database = Postgres.shared().newDatabase("spine");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void appliesAnInlineFile() {
        stage.secretFor(database, "db");
        stage.migration("""
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: first}
                spec:
                  database: {host: localhost, port: %d, name: %s, secretRef: {name: db}}
                  sql:
                    sources:
                      - inline: {name: 001_t.sql, content: "create table t (id int);"}
                  verify:
                    checks:
                      - name: t is there
                        table: {name: t}
                """.formatted(database.port(), database.name()));
        DatabaseMigration done = stage.awaitPhase("first", "Verified");
        System.out.println(Serialization.asYaml(done));
        System.out.println(stage.eventReasons("DatabaseMigration", "first"));
        stage.api.requests().writesBy(Stage.OPERATOR).forEach(System.out::println);
        assertThat(database.query("select count(*) from t")).isEqualTo("0");
    }
}
