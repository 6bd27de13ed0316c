package dev.dbmigration.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dbmigration.api.v1alpha1.Container.PullPolicy;
import dev.dbmigration.report.LogFormat;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void onlyTheImageIsRequired() {
        Settings settings = Settings.from(Map.of("DBMIGRATION_RUNNER_IMAGE", "runner:1"));

        assertThat(settings.runner().reference()).isEqualTo("runner:1");
        assertThat(settings.runner().pullPolicy()).isNull();
        assertThat(settings.runner().logFormat()).isEqualTo(LogFormat.plain);
        assertThat(settings.namespaces()).isEmpty();
        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.leaderElection().leaseName()).isEqualTo("dbmigration-operator");
    }

    @Test
    void everythingCanBeSaid() {
        Settings settings = Settings.from(with(Map.of(
                "DBMIGRATION_RUNNER_IMAGE_PULL_POLICY", "IfNotPresent",
                "DBMIGRATION_NAMESPACES", "ehr, shop,",
                "DBMIGRATION_HTTP_PORT", "9090",
                "DBMIGRATION_RUNNER_LOG_FORMAT", "json",
                "DBMIGRATION_LEADER_ELECTION", "false")));

        assertThat(settings.runner().pullPolicy()).isEqualTo(PullPolicy.IfNotPresent);
        assertThat(settings.runner().logFormat()).isEqualTo(LogFormat.json);
        assertThat(settings.namespaces()).containsExactlyInAnyOrder("ehr", "shop");
        assertThat(settings.httpPort()).isEqualTo(9090);
        assertThat(settings.leaderElection()).isNull();
    }

    @Test
    void theLeaseHasTheNameThatTheChartGivesIt() {
        Settings settings = Settings.from(with(Map.of("DBMIGRATION_LEASE_NAME", "second-dbmigration-operator")));

        assertThat(settings.leaderElection().leaseName()).isEqualTo("second-dbmigration-operator");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.from(Map.of()))
                .withMessageContaining("DBMIGRATION_RUNNER_IMAGE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.from(with(Map.of("DBMIGRATION_RUNNER_IMAGE_PULL_POLICY", "Sometimes"))))
                .withMessageContaining("Sometimes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.from(with(Map.of("DBMIGRATION_HTTP_PORT", "http"))))
                .withMessageContaining("DBMIGRATION_HTTP_PORT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.from(with(Map.of("DBMIGRATION_LOG_FORMAT", "xml"))))
                .withMessage("DBMIGRATION_LOG_FORMAT is xml, and not one of [json, plain]");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> env = new HashMap<>(more);
        env.put("DBMIGRATION_RUNNER_IMAGE", "runner:1");
        return env;
    }
}
