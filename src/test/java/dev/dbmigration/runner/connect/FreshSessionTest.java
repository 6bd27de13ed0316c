package dev.dbmigration.runner.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshSessionTest {

    private final Database database = Postgres.shared().newDatabase("fresh");
    private final String owner = database.name() + "_owner";
    private final Database user = database.as(database.name() + "_user", "any");

    FreshSessionTest() {
        database.execute("CREATE ROLE " + owner + "; CREATE ROLE " + user.user() + " LOGIN IN ROLE " + owner);
    }

    private SessionSettings as(String role) {
        return new SessionSettings("pod-1", new RunInput.Session(null, null, null, role));
    }

    @Test
    void allThatIsLeftBehindGoesButTheAdvisoryLock() throws SQLException {
        try (Connection connection = user.connect();
                Statement statement = connection.createStatement()) {
            SessionSettings settings = as(owner);
            settings.apply(connection);
            FreshSession fresh = new FreshSession(connection, settings);
            fresh.make(Map.of());
            String asItWas = look(statement);
            statement.execute(
                    "SELECT pg_advisory_lock(7); RESET ROLE; CREATE TEMP TABLE t ();"
                            + " SET search_path = pg_catalog; SET lock_timeout = 7; SET timezone = 'Asia/Tokyo'; PREPARE p AS SELECT 1");
            assertThat(look(statement)).isNotEqualTo(asItWas);

            fresh.make(Map.of("lock_timeout", "77ms"));

            assertThat(look(statement)).isEqualTo(asItWas.replace("5s", "77ms").replace("no lock", "a lock"));
        }
    }

    private String look(Statement statement) throws SQLException {
        String sql = "SELECT concat_ws(', ', current_user, current_setting('search_path'), current_setting('timezone'),"
                + " current_setting('lock_timeout'), coalesce(to_regclass('pg_temp.t')::text, 'no table'),"
                + " (SELECT count(*) FROM pg_prepared_statements WHERE name = 'p'),"
                + " (SELECT CASE count(*) WHEN 0 THEN 'no lock' ELSE 'a lock' END FROM pg_locks"
                + " WHERE locktype = 'advisory' AND objid = 7 AND pid = pg_backend_pid()))";
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aRoleThatWasTakenAwayIsToldTheGrant() throws SQLException {
        try (Connection connection = user.connect()) {
            SessionSettings settings = as(owner);
            settings.apply(connection);
            FreshSession fresh = new FreshSession(connection, settings);
            database.execute("REVOKE " + owner + " FROM " + user.user());

            assertThatThrownBy(() -> fresh.make(Map.of())).isInstanceOfSatisfying(RunFailed.class, e -> {
                assertThat(e.reason()).isEqualTo(Reason.PermissionDenied);
                assertThat(e.failures().get(0).hint()).contains("GRANT \"" + owner + "\" TO \"" + user.user());
            });
        }
    }

    @Test
    void whatIsAskedForAndRefusedIsNoMatterOfTheRole() throws SQLException {
        try (Connection connection = user.connect()) {
            SessionSettings settings = as(owner);
            settings.apply(connection);
            FreshSession fresh = new FreshSession(connection, settings);

            assertThatThrownBy(() -> fresh.make(Map.of("lock_timeout", "for ever")))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
        }
    }
}
