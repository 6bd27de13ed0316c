package dev.dbmigration.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.testing.Interception;
import dev.dbmigration.testing.Interceptor;
import org.junit.jupiter.api.Test;

/** The definitions are of another release than the operator, and the API server does not take what it writes. */
class OldDefinitionTest extends Scenario {

    @Test
    void aStatusThatIsRefusedIsToldOnceAndGoesOnByItself() {
        Interception old = stage.api.intercept(
                request -> request.isStatusWrite("databasemigrations"),
                Interceptor.refuse(422, "Invalid", "status.phase: Unsupported value: \"Running\""));
        stage.migration(OneFile.inline("m", database, OneFile.COUNTING));
        await().until(() -> old.hits() >= 3);

        assertThat(stage.eventReasons("DatabaseMigration", "m")).containsExactly("Blocked");
        assertThat(stage.client
                        .v1()
                        .events()
                        .inNamespace(Stage.NAMESPACE)
                        .list()
                        .getItems())
                .anyMatch(event -> event.getMessage().endsWith("Unsupported value: \"Running\""));

        old.close();
        stage.awaitPhase("m", "Applied");
        assertThat(database.query("select sum(n) from effect")).isEqualTo("1");
    }
}
