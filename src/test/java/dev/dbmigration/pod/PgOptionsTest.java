package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.testing.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What a server makes of the PGOPTIONS that a user's program gets. */
class PgOptionsTest {

    private static final String NAME = "Odd \\ \"one\"";

    private final dev.dbmigration.testing.Database database = Postgres.shared().newDatabase("options");

    @Test
    void theServerUnderstandsThem() throws Exception {
        String role = NAME + " of " + database.name();
        String quoted = '"' + role.replace("\"", "\"\"") + '"';
        database.execute("CREATE ROLE " + quoted);
        database.execute("CREATE SCHEMA \"" + NAME.replace("\"", "\"\"") + "\" AUTHORIZATION " + quoted);
        var spec = new dev.dbmigration.api.v1alpha1.Database("db", null, null, NAME, role, null, null, null);

        String options = new DatabaseAccess(spec)
                .options(Duration.ofSeconds(7), Duration.ofMinutes(1))
                .orElseThrow()
                .getValue();

        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("options", options);
        String url = "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name();
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user, current_schema(),"
                        + " current_setting('lock_timeout'), current_setting('statement_timeout')")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(role);
            assertThat(row.getString(2)).isEqualTo(NAME);
            assertThat(row.getString(3)).isEqualTo("7s");
            assertThat(row.getString(4)).isEqualTo("1min");
        }
    }
}
