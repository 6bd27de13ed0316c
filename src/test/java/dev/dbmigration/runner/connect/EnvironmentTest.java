package dev.dbmigration.runner.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.report.Reason;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.words.Secret;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @Test
    void hasLibpqsDefaults() {
        Environment environment = Environment.of(Map.of("PGHOST", "db", "PGUSER", "app", "PGDATABASE", ""));

        assertThat(environment)
                .isEqualTo(new Environment("db", 5432, "app", "app", null, "prefer", null, "dbmigration-runner", 10));
    }

    @Test
    void readsTheUrlWhereNoHostIsSet() {
        Environment environment = Environment.of(Map.of(
                "PGHOST", "", "DATABASE_URL", "postgresql://a%40b:p%2Fs%25+@my_db.ns:6432/eh%20r?sslmode=require"));

        assertThat(environment)
                .isEqualTo(new Environment(
                        "my_db.ns", 6432, "eh r", "a@b", "p/s%+", "require", null, "dbmigration-runner", 10));
    }

    @Test
    void takesAnAtSignInThePasswordAsItIs() {
        Environment environment = Environment.of(Map.of("DATABASE_URL", "postgres://app:p@ss:w@[::1]/ehr"));

        assertThat(environment.password()).isEqualTo("p@ss:w");
        assertThat(environment.host()).isEqualTo("::1");
    }

    @Test
    void credentialsOfTheirOwnWinOverTheUrl() {
        Environment environment = Environment.of(
                Map.of("DATABASE_URL", "postgres://old:old-pw@db/ehr", "PGUSER", "new", "PGPASSWORD", "new-pw"));

        assertThat(environment.user()).isEqualTo("new");
        assertThat(environment.password()).isEqualTo("new-pw");
    }

    @Test
    void theHostWinsOverTheUrl() {
        Environment environment =
                Environment.of(Map.of("PGHOST", "db", "PGUSER", "app", "DATABASE_URL", "postgres://x:y@elsewhere:1/z"));

        assertThat(environment.toString()).isEqualTo("database app at db:5432 as app");
    }

    @Test
    void theStricterSslModeCounts() {
        Map<String, String> loose =
                Map.of("PGSSLMODE", "prefer", "DATABASE_URL", "postgres://a@b/c?sslmode=verify-full");
        Map<String, String> strict = Map.of("PGSSLMODE", "require", "DATABASE_URL", "postgres://a@b/c?sslmode=disable");

        assertThat(Environment.of(loose).sslMode()).isEqualTo("verify-full");
        assertThat(Environment.of(strict).sslMode()).isEqualTo("require");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://app:hunter2@db/ehr",
                "postgres://app:hunter2%ZZ@db/ehr",
                "postgres://app:hunter2@db:port/ehr",
                "postgres://app:hunter2@/ehr",
                "hunter2"
            })
    void errorsNeverRepeatTheUrl(String url) {
        RunFailed failed = refused(Map.of("DATABASE_URL", url));

        assertThat(failed.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(failed.failures().toString()).doesNotContain("hunter2").contains("uri");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(refused(Map.of("PGUSER", "app")).failures().get(0).hint()).contains("spec.database.host");
        assertThat(refused(Map.of("PGHOST", "db")).failures().get(0).hint()).contains("username");
        assertThat(refused(Map.of("PGHOST", "db", "PGUSER", "a", "PGPORT", "x")).getMessage())
                .isEqualTo("PGPORT is not a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGHOST", "PGDATABASE", "PGUSER"})
    void aUriInTheWrongPlaceIsRefusedAndNotRepeated(String variable) {
        Map<String, String> variables = new HashMap<>(Map.of("PGHOST", "db", "PGUSER", "app"));
        variables.put(variable, "postgres://app:hunter2@db/ehr");

        assertThat(refused(variables).failures().toString())
                .doesNotContain("hunter2")
                .contains(variable);
    }

    @Test
    void aPortIsOneThatThereIs() {
        for (String port : new String[] {"0", "65536"}) {
            assertThat(refused(Map.of("PGHOST", "db", "PGUSER", "app", "PGPORT", port))
                            .getMessage())
                    .isEqualTo(port + " is not a port");
        }
    }

    @Test
    void whatIsSecretIsHiddenInEachOfItsForms() {
        Secret secret = Environment.secret(
                Map.of("PGPASSWORD", "key-password", "DATABASE_URL", "postgres://app:url%2fpassword@h:x/d"));

        assertThat(secret.apply("key-password, url%2fpassword, url/password")).isEqualTo("…, …, …");
    }

    private static RunFailed refused(Map<String, String> variables) {
        RunFailed failed = catchThrowableOfType(RunFailed.class, () -> Environment.of(variables));
        assertThat(failed).isNotNull();
        return failed;
    }
}
