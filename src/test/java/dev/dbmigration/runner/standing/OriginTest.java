package dev.dbmigration.runner.standing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "image ehr/app:1.42 /app/migrations, image ehr/app /app/migrations",
        "image registry:5000/app /m, image registry:5000/app /m",
        "image registry:5000/app:1@sha256:ab /m, image registry:5000/app /m",
        "image app@sha256:ab /m, image app /m",
        "ConfigMap a, ConfigMap a",
        "inline image a:1 /b.sql, inline image a:1 /b.sql"
    })
    void isTheSameForAllReleasesOfAnImage(String source, String origin) {
        assertThat(Origin.of(source)).isEqualTo(origin);
    }
}
