package dev.dbmigration.scenario;

import static dev.dbmigration.scenario.Stage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus.PlannedFile;
import org.junit.jupiter.api.Test;

/** A resource that first plans and then applies. */
class PlanTest extends Scenario {

    @Test
    void aPlanIsNeverAppliedAndApplyIsANewRun() {
        stage.migration(
                OneFile.inline("m", database, OneFile.COUNTING).replace("sources:", "mode: Plan\n    sources:"));

        DatabaseMigration planned = stage.awaitPhase("m", "Planned");

        assertThat(condition(planned, "Applied").getStatus()).isEqualTo("False");
        assertThat(condition(planned, "Applied").getReason()).isEqualTo("Planned");
        assertThat(condition(planned, "Finished").getStatus()).isEqualTo("True");
        assertThat(condition(planned, "Ready").getStatus()).isEqualTo("False");
        assertThat(condition(planned, "Stalled")).isNull();
        assertThat(planned.getStatus().progress()).isEqualTo("0/1");
        assertThat(planned.getStatus().plan())
                .containsExactly(new PlannedFile("001_t.sql", "PerFile", 2, "spec.sql.transaction is PerFile"));
        assertThat(database.query("select to_regclass('effect')")).isNull();
        assertThat(database.query("select to_regnamespace('dbmigration')")).isNull();
        assertThat(stage.eventReasons("DatabaseMigration", "m")).containsExactly("RunStarted", "Planned");

        stage.edit("m", json -> json.replace("\"mode\":\"Plan\"", "\"mode\":\"Apply\""));

        DatabaseMigration applied = stage.awaitPhase("m", "Applied");
        assertThat(applied.getStatus().run().number()).isEqualTo(2);
        assertThat(applied.getStatus().plan()).isEmpty();
        assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
    }
}
