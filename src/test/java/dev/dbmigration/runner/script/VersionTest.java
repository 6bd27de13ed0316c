package dev.dbmigration.runner.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {

    @ParameterizedTest
    @CsvSource({
        "V1__init.sql, 1",
        "v2__x.sql, 2",
        "V1_2__x.sql, 1.2",
        "V1.2.3__x.sql, 1.2.3",
        "V2.0__x.sql, 2",
        "V10__2fa.sql, 10",
        "001_x.sql, 1",
        "0_x.sql, 0",
        "001-x.sql, 1",
        "7.sql, 7",
        "001_2fa_tables.sql, 1",
        "20251119_make.sql, 20251119",
        "20251119093000_make.sql, 20251119093000",
        "2024_01_15_123456_create.sql, 2024.1.15.123456",
        "20251119T093000_x.sql, 20251119.93000",
        "2025-11-19T09-30_x.sql, 2025.11.19.9.30",
        "20251119Tasks.sql, 20251119",
        "2025/11/003_x.sql, 3",
        "20240101000000_init/migration.sql, 20240101000000",
        "2024-01-01-000000_a/sub/up.sql, 2024.1.1",
        "views/R__2_v.sql, R__2_v.sql",
        "1_a/R__v.sql, R__v.sql",
        "more/views.sql, views.sql",
        "99999999999999999999_far.sql, 99999999999999999999",
        "make_nullable.sql, make_nullable.sql",
        "Views.sql, Views.sql",
        "v_x.sql, v_x.sql"
    })
    void isWhatTheNameBeginsWith(String name, String version) {
        assertThat(Version.of(name).text()).isEqualTo(version);
    }

    @Test
    void numbersCompareAsNumbers() {
        assertThat(Stream.of("V10__j.sql", "V2__b.sql", "V1_10__k.sql", "V1_9__i.sql", "V1__a.sql")
                        .map(Version::of)
                        .sorted())
                .extracting(Version::text)
                .containsExactly("1", "1.9", "1.10", "2", "10");
    }
}
