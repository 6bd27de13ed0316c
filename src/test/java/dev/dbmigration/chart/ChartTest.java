package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart passes Helm's own check, and every combination of its optional parts is what it should be. */
class ChartTest {

    private static final String NOW = "1.33.0";

    /** What each part is switched on and off by, and the kind that comes with it. */
    private record Part(String value, Object on, Object off, String kind) {}

    private static final List<Part> PARTS = List.of(
            new Part("watchNamespaces[0]", "one", null, "Role one"),
            new Part("replicas", 2, 1, "PodDisruptionBudget"),
            new Part("rbac.aggregate", true, false, "ClusterRole dbmigration-operator-view"),
            new Part("serviceAccount.create", true, false, "ServiceAccount"),
            new Part("serviceMonitor.create", "Always", "WhereServed", "ServiceMonitor"),
            new Part("prometheusRule.create", "Always", "WhereServed", "PrometheusRule"),
            new Part("dashboard.create", true, false, "ConfigMap"),
            new Part("networkPolicy.create", true, false, "NetworkPolicy"));

    @Test
    void strictLintHasNothingToSayButThatThereIsNoIcon() {
        LintResult result = new Helm(Chart.DIRECTORY).lint().strict().call();

        assertThat(result.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
        assertThat(result.isFailed()).isFalse();
    }

    @Test
    void everyCombinationOfTheOptionalPartsIsValidAndHasThoseParts() {
        IntStream.range(0, 1 << PARTS.size()).forEach(ChartTest::combination);
    }

    private static void combination(int bits) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("crds.install", false));
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < PARTS.size(); i++) {
            Part part = PARTS.get(i);
            boolean on = (bits >> i & 1) == 1;
            if (on || part.off() != null) {
                values.put(part.value(), on ? part.on() : part.off());
            }
            if (on) {
                expected.add(part.kind());
            }
        }
        TreeSet<String> found = new TreeSet<>();
        for (HasMetadata object : Chart.objects(NOW, values)) {
            found.add(object.getKind());
            found.add(object.getKind() + " " + object.getMetadata().getName());
            found.add(object.getKind() + " " + object.getMetadata().getNamespace());
        }
        found.retainAll(PARTS.stream().map(Part::kind).toList());
        assertThat(found).as("%s", values).isEqualTo(expected);
    }

    @Test
    void eachReleaseOfANamespaceHasALeaseOfItsOwn() {
        List<HasMetadata> objects = Chart.objects(NOW, Map.of("crds.install", false, "fullnameOverride", "second"));

        assertThat(Chart.of(objects, Role.class))
                .flatExtracting(Role::getRules)
                .flatExtracting(PolicyRule::getResourceNames)
                .containsExactly("second");
        assertThat(Chart.of(objects, Deployment.class))
                .flatExtracting(deployment ->
                        deployment.getSpec().getTemplate().getSpec().getContainers())
                .flatExtracting(Container::getEnv)
                .contains(new EnvVar("DBMIGRATION_LEASE_NAME", "second", null));
    }

    @ParameterizedTest
    @CsvSource({
        "rbac.create, false",
        "rbac.podLogs, false",
        "leaderElection, false",
        "podDisruptionBudget.create, false",
        "jvmOptions, -Xmx1g",
        "image.digest, sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "imagePullSecrets[0].name, pull",
        "nodeSelector.disk, ssd",
        "tolerations[0].operator, Exists",
        "topologySpreadConstraints[0].topologyKey, zone",
        "affinity.nodeAffinity, null",
        "priorityClassName, high",
        "podLabels.team, ehr",
        "podAnnotations.team, ehr",
        "service.annotations.team, ehr",
        "serviceAccount.annotations.team, ehr",
        "serviceAccount.name, other",
        "fullnameOverride, other",
        "nameOverride, other",
        "networkPolicy.egress[0].ports[0].port, 6443",
        "networkPolicy.metricsFrom[0].podSelector.matchLabels.a, b"
    })
    void everyOtherSettingIsValidWithAllPartsAndWithoutAny(String name, String value) {
        Map<String, Object> all = new HashMap<>(Map.of("crds.install", false));
        if (!name.equals("leaderElection")) {
            PARTS.forEach(part -> all.put(part.value(), part.on()));
        }
        Map<String, Object> changed = new HashMap<>(all);
        changed.put(name, value);

        assertThat(Chart.objects(NOW, changed))
                .as("%s=%s changes something", name, value)
                .isNotEqualTo(Chart.objects(NOW, all));
        assertThat(Chart.objects(NOW, Map.of("crds.install", false, name, value)))
                .isNotEmpty();
    }
}
