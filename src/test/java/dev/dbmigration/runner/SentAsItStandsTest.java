package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.testing.psql.RecordingServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** The driver, set as {@code Connections} and {@code FileRun} set it, changes nothing in a statement. */
class SentAsItStandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 -- ; '\n",
                "SELECT a ? b, '?', ?| 'c'",
                "SELECT {fn now()}, {d '2026-11-20'}",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
                "SELECT E'a'\n'\\'';', $a$ ; $$ $a$",
                "/* a */ SELECT\t'\\'  ",
                "INSERT INTO a VALUES (1) RETURNING \"é\"",
                "SELECT 1) ; x"
            })
    void aStatement(String sql) throws SQLException {
        try (RecordingServer server = new RecordingServer(true);
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            server.clear();
            statement.setEscapeProcessing(false);

            statement.execute(sql);

            assertThat(server.queries()).containsExactly(sql);
        }
    }

    private static Connection connect(RecordingServer server) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, "judge");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.SSL_MODE.set(properties, "disable");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        return new Driver().connect("jdbc:postgresql://127.0.0.1:" + server.port() + "/regression", properties);
    }
}
