package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Report;
import dev.dbmigration.report.Report.Outcome;
import dev.dbmigration.testing.Database;
import dev.dbmigration.testing.Postgres;
import dev.dbmigration.testing.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that do not let us in, each with its reason. */
class ConnectTest {

    @TempDir
    Path root;

    private final Database database = Postgres.shared().newDatabase("connect");

    @Test
    void theWrongPasswordIsAnAuthenticationFailure() {
        try (Postgres server = Postgres.startWithPasswords()) {
            Database owned = server.newDatabase("owned");
            RunDirectory run = new RunDirectory(root).sql("001_a.sql", "CREATE TABLE a ()");

            Report wrong = run.apply(owned.as(owned.user(), "wrong-password"));
            Report right = run.apply(owned);

            assertThat(wrong.reason()).isEqualTo(Reason.AuthenticationFailed);
            assertThat(wrong.message()).contains(owned.user()).doesNotContain("wrong-password");
            assertThat(run.log()).doesNotContain("wrong-password");
            assertThat(right.outcome()).isEqualTo(Outcome.Applied);
        }
    }

    @Test
    void noPasswordIsAnAuthenticationFailure() {
        try (Postgres server = Postgres.startWithPasswords()) {
            Map<String, String> environment = server.newDatabase("owned").environment();
            environment.remove("PGPASSWORD");

            Report report = new RunDirectory(root).sql("001_a.sql", "SELECT 1").apply(environment);

            assertThat(report.reason()).isEqualTo(Reason.AuthenticationFailed);
        }
    }

    @Test
    void encryptionThatTheServerLacksIsSaidToBeMissing() {
        Map<String, String> environment = database.environment();
        environment.put("PGSSLMODE", "require");

        Report report = new RunDirectory(root).sql("001_a.sql", "SELECT 1").apply(environment);

        assertThat(report.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(report.failures().get(0).hint()).contains("spec.database.tls.mode");
    }

    @Test
    void aCertificateIsHeldAgainstTheAuthorityAndTheHost() throws IOException {
        ServerCertificate certificate = ServerCertificate.of("dns:localhost");
        try (Postgres server = Postgres.startWithPasswords()) {
            server.requireTls(certificate);
            Database owned = server.newDatabase("owned");

            Report elsewhere = verified("other-host", owned.at("127.0.0.1"), certificate);
            Report stranger = verified("other-authority", owned, ServerCertificate.of("dns:localhost"));
            Report right = verified("right", owned, certificate);

            assertThat(elsewhere.message()).contains("127.0.0.1").contains("hostname");
            assertThat(stranger.message()).contains("PKIX path");
            for (Report refused : List.of(elsewhere, stranger)) {
                assertThat(refused.outcome()).isEqualTo(Outcome.Failed);
                assertThat(refused.failures().get(0).hint()).contains("spec.database.tls.mode");
            }
            assertThat(right.outcome()).isEqualTo(Outcome.Applied);
        }
    }

    private Report verified(String name, Database database, ServerCertificate authority) throws IOException {
        Path file = Files.writeString(root.resolve(name + ".pem"), authority.certificate());
        Map<String, String> environment = database.environment();
        environment.put("PGSSLMODE", "verify-full");
        environment.put("PGSSLROOTCERT", file.toString());
        Path directory = Files.createDirectory(root.resolve(name));
        return new RunDirectory(directory).sql("001_a.sql", "SELECT 1").apply(environment);
    }

    @Test
    void aDatabaseThatIsDownIsAConnectionFailure() {
        Database down = new Database("localhost", Postgres.freePort(), "ehr", "app", "pw-of-app");

        Report report = new RunDirectory(root).sql("001_a.sql", "SELECT 1").apply(down);

        assertThat(report.reason()).isEqualTo(Reason.ConnectionFailed);
        assertThat(report.message())
                .isEqualTo("cannot connect to database ehr at localhost:" + down.port()
                        + " as app: Connection refused (is it up? check host, port and network policies)");
        assertThat(report.toString()).doesNotContain("pw-of-app");
        assertThat(report.summary().pending()).isEqualTo(1);
    }

    @Test
    void aServerThatIsFullIsSaidToBeSo() {
        String role = database.name() + "_limited";
        database.execute("CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 0");

        Report report = new RunDirectory(root).sql("001_a.sql", "SELECT 1").apply(database.as(role, "any"));

        assertThat(report.reason()).isEqualTo(Reason.TooManyConnections);
    }

    @Test
    void aPodToldToStopDoesNotEvenConnect() {
        Database down = new Database("localhost", Postgres.freePort(), "ehr", "app", "pw-of-app");
        RunDirectory run = new RunDirectory(root).sql("001_a.sql", "SELECT 1");
        run.stop.request();

        assertThat(run.apply(down).reason()).isEqualTo(Reason.PodEvicted);
    }

    @Test
    void anUnknownHostIsAConnectionFailure() {
        Map<String, String> environment = database.environment();
        // Longer than a label may be, so that no name server is asked.
        environment.put("PGHOST", "h".repeat(64));

        Report report = new RunDirectory(root).sql("001_a.sql", "SELECT 1").apply(environment);

        assertThat(report.reason()).isEqualTo(Reason.ConnectionFailed);
        assertThat(report.message()).contains("host name is not known");
    }

    @Test
    void anUnknownDatabaseIsSaidToBeOne() {
        Map<String, String> environment = database.environment();
        environment.put("PGDATABASE", "no_such_database");

        Report report = new RunDirectory(root).sql("001_a.sql", "SELECT 1").apply(environment);

        assertThat(report.reason()).isEqualTo(Reason.UndefinedObject);
        assertThat(report.failures().get(0).hint()).contains("spec.database.name");
    }
}
