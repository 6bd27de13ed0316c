package dev.dbmigration.report;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "postgres://user:secret@host/db | postgres://user:***@host/db",
                "at postgresql://u:p%40ss/w0rd@h:5432/db?sslmode=require | at postgresql://u:***@h:5432/db?sslmode=require",
                "postgres://:secret@host/db | postgres://:***@host/db",
                "clone https://abcdefgh12345@github.com/x | clone https://***@github.com/x",
                "jdbc:postgresql://h/db?user=u&password=hunter2&ssl=true | jdbc:postgresql://h/db?user=u&password=***&ssl=true",
                "host=db password=hunter2 user=u | host=db password=*** user=u",
                "host=db password='two words' user=u | host=db password=*** user=u",
                "PGPASSWORD=hunter2,2;3 | PGPASSWORD=***",
                "export DB_PASSWD = x | export DB_PASSWD = ***",
                "{\"user\": \"u\", \"password\": \"x\"} | {\"user\": \"u\", \"password\": ***}",
                "{\"password\":\"a\\\"b\",\"n\":1} | {\"password\":***,\"n\":1}",
                "{\"password\": 12345} | {\"password\": ***}",
                "{'db_password' => 'x'} | {'db_password' => ***}",
                "password: hunter2 | password: ***",
                "pwd=hunter2 | pwd=***",
                "api_key=k1 apiKey: k2 x-api-key: k3 | api_key=*** apiKey: *** x-api-key: ***",
                "client.secret=x token=y | client.secret=*** token=***",
                "migrate --db-password hunter2 --verbose | migrate --db-password *** --verbose",
                "ALTER ROLE ehr PASSWORD 'hunter2' | ALTER ROLE ehr PASSWORD ***",
                "ALTER ROLE ehr PASSWORD $x$hunter$2$x$ LOGIN | ALTER ROLE ehr PASSWORD *** LOGIN",
                "EXECUTE 'ALTER ROLE ehr PASSWORD ''hunter2'' LOGIN' | EXECUTE 'ALTER ROLE ehr PASSWORD *** LOGIN'",
                "CREATE USER ehr PASSWORD \"hunter2\" | CREATE USER ehr PASSWORD ***",
                "DefaultEndpointsProtocol=https;AccountKey=abc/def== | DefaultEndpointsProtocol=https;AccountKey=***",
                "https://s3/x?X-Amz-Signature=0a1b&n=1 | https://s3/x?X-Amz-Signature=***&n=1",
                "github_pat_11ABC0123456789abcdefghi | ***",
                "sk_live_0123456789abc | ***",
                "AWS_SECRET_ACCESS_KEY=abc/def+1 | AWS_SECRET_ACCESS_KEY=***",
                "key AKIAIOSFODNN7EXAMPLE used | key *** used",
                "key ASIAIOSFODNN7EXAMPLE used | key *** used",
                "AIzaSyA1234567890123456789012345678901x | ***",
                "ghp_abcdefghijklmnopqrst012345 | ***",
                "glpat-abcdefghijklmnop1234 | ***",
                "xoxb-1234567890-abc | ***",
                "Authorization: Bearer abcdef.123456 | Authorization: Bearer ***",
                "Authorization: Basic dXNlcjpwYXNz | Authorization: Basic ***",
                "got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln back | got *** back"
            })
    void masks(String line, String masked) {
        assertThat(Masking.mask(line)).isEqualTo(masked);
        assertThat(Masking.mask(masked)).as("again").isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "applied 20251119_make_nullable.sql in 12 ms",
                "postgres://host:5432/db",
                "postgres://user@host/db",
                "see https://example.com/docs#password-rotation",
                "password authentication failed for user \"ehr\"",
                "secret \"ehr-db\" not found",
                "couldn't find key password in Secret ehr/ehr-db",
                "MountVolume.SetUp failed for volume \"db-secret\" : references non-existent secret key: user",
                "usage: migrate --password --verbose",
                "relation \"tokens\" does not exist",
                "ALTER TABLE users ADD password text",
                "SignatureValidationFailed: image pull failed",
                "a basic test of the bearer"
            })
    void leavesAlone(String line) {
        assertThat(Masking.mask(line)).isEqualTo(line);
    }

    @Test
    void standsLongLines() {
        String letters = "a".repeat(300_000);
        assertTimeoutPreemptively(ofSeconds(20), () -> {
            assertThat(Masking.mask(letters)).isEqualTo(letters);
            assertThat(Masking.mask("password=\"" + letters + "\"")).isEqualTo("password=***");
            assertThat(Masking.mask("token".repeat(2_000))).hasSize(10_000);
        });
    }
}
