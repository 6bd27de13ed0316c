package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "5s, PT5S",
        "10m, PT10M",
        "1h30m, PT1H30M",
        "90m, PT1H30M",
        "500ms, PT0.5S",
        "1m500ms, PT1M0.5S",
        "0s, PT0S",
        "999999999h, PT999999999H"
    })
    void parses(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "1.5h", "5 s", "5s ", "1d", "5S", "10000000000s"})
    void refuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoDuration.parse(text))
                .withMessageContaining("\"" + text + "\" is not a duration");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.0004S, 0s",
        "PT0.25S, 250ms",
        "PT1S, 1s",
        "PT1.9S, 1s",
        "PT59S, 59s",
        "PT1M, 1m0s",
        "PT1H, 1h0m0s",
        "PT1H2M3S, 1h2m3s",
        "PT100H, 100h0m0s"
    })
    void formats(Duration duration, String text) {
        assertThat(GoDuration.format(duration)).isEqualTo(text);
    }
}
