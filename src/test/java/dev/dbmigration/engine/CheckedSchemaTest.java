package dev.dbmigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.check.Check;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.verify.Verifier;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the benchmark of checks measures. */
class CheckedSchemaTest {

    @Test
    void itsChecksAreOfManyKindsAndPass() throws SQLException {
        CheckedSchema schema = new CheckedSchema(40);
        Database database = Postgres.shared().newDatabase("checked");
        database.execute(schema.sql());
        List<Check> checks = schema.checks(100);

        try (Connection connection = database.connectAsRunner()) {
            RunInput.Session session = new RunInput.Session(null, null, null);
            assertThat(new Verifier(connection, session).verify(checks).message())
                    .isEqualTo("100 checks passed");
        }
        assertThat(checks.stream().flatMap(Check::kinds).map(Record::getClass).distinct())
                .hasSize(19);
    }
}
