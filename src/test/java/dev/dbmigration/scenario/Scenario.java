package dev.dbmigration.scenario;

import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stage with the operator at work, and a database of its own that the Secret {@code db} opens. */
abstract class Scenario {

    final Stage stage = Stage.open();
    final Database database = Postgres.shared().newDatabase("scenario");

    @BeforeEach
    void secret() {
        stage.secretFor(database, "db");
    }

    @AfterEach
    void close() {
        stage.close();
    }
}
