package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The draft that could not be saved: three columns lose NOT NULL, and that is proven. */
class DraftFieldsTest extends Scenario {

    private static final String SQL = """
            alter table clinical_notes alter column "appointmentId" drop not null;
            alter table clinical_notes alter column "sessionDate" drop not null;
            alter table clinical_notes alter column "dueDate" drop not null;
            """;

    @BeforeEach
    void clinic() {
        ClinicalNotes.create(database);
    }

    @Test
    void isAppliedThenVerifiedAndTheDraftCanBeSaved() {
        stage.migration(yaml(SQL));

        DatabaseMigration done = stage.awaitPhase("draft-fields-nullable", "Verified");

        assertThat(condition(done, "Applied").getStatus()).isEqualTo("True");
        assertThat(condition(done, "Verified").getStatus()).isEqualTo("True");
        assertThat(condition(done, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(done, "Stalled")).isNull();
        assertThat(done.getStatus().progress()).isEqualTo("1/1");
        assertThat(stage.verificationNamed("draft-fields-nullable").getStatus().progress())
                .isEqualTo("3/3");
        assertThat(stage.eventReasons("DatabaseMigration", "draft-fields-nullable"))
                .containsExactly("RunStarted", "Applied", "Verified");
        database.execute("insert into clinical_notes (id, \"noteType\") values ('draft', 'SOAP')");
        assertThat(database.query("select count(*) from clinical_notes")).isEqualTo("1001");
    }

    @Test
    void theModelsNameForTheTableFailsWithWhereAndWhatAndRunsOnceCorrected() {
        stage.migration(yaml(SQL.replace("clinical_notes", "\"ClinicalNote\"")));

        DatabaseMigration failed = stage.awaitPhase("draft-fields-nullable", "Failed");

        assertThat(condition(failed, "Applied").getStatus()).isEqualTo("False");
        assertThat(condition(failed, "Applied").getReason()).isEqualTo("UndefinedObject");
        assertThat(condition(failed, "Finished").getStatus()).isEqualTo("True");
        assertThat(condition(failed, "Stalled").getStatus()).isEqualTo("True");
        assertThat(failed.getStatus().failures())
                .containsExactly(new Failure(
                        "20251119_make_nullable.sql",
                        1,
                        1,
                        "42P01",
                        "UndefinedObject",
                        "relation \"ClinicalNote\" does not exist",
                        "did you mean \"clinical_notes\"?"));
        assertThat(failed.getStatus().run().attempt()).isEqualTo(1);
        assertThat(failed.getStatus().run().nextAttemptTime()).isNull();
        assertThat(notNullColumns()).isEqualTo("3");
        assertThat(Ledger.rows(database)).isZero();
        assertThat(stage.eventReasons("DatabaseMigration", "draft-fields-nullable"))
                .containsExactly("RunStarted", "RunFailed");

        stage.edit("draft-fields-nullable", json -> json.replace("\\\"ClinicalNote\\\"", "clinical_notes"));

        DatabaseMigration done = stage.awaitPhase("draft-fields-nullable", "Verified");
        assertThat(done.getStatus().failures()).isEmpty();
        assertThat(done.getStatus().run().number()).isEqualTo(2);
        assertThat(done.getStatus().observedGeneration()).isEqualTo(2);
        assertThat(notNullColumns()).isEqualTo("0");
    }

    private String notNullColumns() {
        return database.query("select count(*) from information_schema.columns where table_name = 'clinical_notes' "
                + "and column_name in ('appointmentId', 'sessionDate', 'dueDate') and is_nullable = 'NO'");
    }

    private String yaml(String sql) {
        return """
                apiVersion: dbmigration.dev/v1alpha1
                kind: DatabaseMigration
                metadata: {name: draft-fields-nullable}
                spec:
                  database: %s
                  sql:
                    sources:
                      - inline:
                          name: 20251119_make_nullable.sql
                          content: |
                %s
                  verify:
                    checks:
                      - name: appointmentId accepts null
                        column: {table: clinical_notes, name: appointmentId, type: text, nullable: true}
                      - name: sessionDate accepts null
                        column: {table: clinical_notes, name: sessionDate, type: timestamp, nullable: true}
                      - name: dueDate accepts null
                        column: {table: clinical_notes, name: dueDate, type: timestamp, nullable: true}
                """.formatted(Stage.databaseYaml(database, "db"), sql.indent(12));
    }
}
