package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dbmigration.testing.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's alerts, judged by promtool: each fires when it must, and only then. */
class AlertsTest {

    /** Which series make which alert fire; Prometheus' own format for tests of rules. */
    private static final Path CASES = Path.of("src/test/resources/alerts/cases.yaml");

    @TempDir
    private Path folder;

    @Test
    void eachFiresWhenItMustAndOnlyThen() throws IOException {
        assumeTrue(Promtool.isThere(), "no promtool");
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"), Monitoring.rules(Chart.RELEASE).toString());
        Path cases = Files.copy(CASES, folder.resolve("cases.yaml"));

        assertThat(Promtool.complaints("check", "rules", rules)).isEmpty();
        assertThat(Promtool.complaints("test", "rules", cases)).isEmpty();
    }

    @Test
    void eachAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        String cases = Files.readString(CASES);

        assertThat(Monitoring.rules(Chart.RELEASE).findValuesAsText("alert"))
                .hasSize(7)
                .allSatisfy(alert -> assertThat(
                                cases.lines().filter(line -> line.matches(".*alertname: " + alert + "\\b.*")))
                        .anyMatch(line -> line.contains("exp_alerts: [{"))
                        .anyMatch(line -> line.contains("exp_alerts: []")));
    }
}
