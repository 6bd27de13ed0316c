package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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

    private static final String WATCHED = "watchNamespaces[0]";
    private static final String REPLICAS = "replicas";
    private static final String ELECTION = "leaderElection";
    private static final String RIGHTS = "rbac.create";
    private static final String ACCOUNT = "serviceAccount.create";
    private static final String BUDGET = "podDisruptionBudget.create";

    private static final List<String> SETTINGS = List.of(WATCHED, REPLICAS, ELECTION, RIGHTS, ACCOUNT, BUDGET);

    /** What there is while which of these settings are on; hooks, such as the Lease, are not among what is rendered. */
    private static final Map<String, Predicate<Set<String>>> FOLLOWS = Map.of(
            "Role one", on -> on.containsAll(Set.of(RIGHTS, WATCHED)),
            "RoleBinding one", on -> on.containsAll(Set.of(RIGHTS, WATCHED)),
            "ClusterRole dbmigration-operator", on -> on.contains(RIGHTS) && !on.contains(WATCHED),
            "ClusterRoleBinding", on -> on.contains(RIGHTS) && !on.contains(WATCHED),
            "Role dbmigration-operator-leader", on -> on.containsAll(Set.of(RIGHTS, ELECTION)),
            "RoleBinding dbmigration-operator-leader", on -> on.containsAll(Set.of(RIGHTS, ELECTION)),
            "PodDisruptionBudget", on -> on.containsAll(Set.of(REPLICAS, BUDGET)),
            "ServiceAccount", on -> on.contains(ACCOUNT));

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
        assertThat(found(values, PARTS.stream().map(Part::kind).toList()))
                .as("%s", values)
                .isEqualTo(expected);
    }

    /** Which of these there are, as a kind alone, or with a name or namespace behind it. */
    private static TreeSet<String> found(Map<String, Object> values, Collection<String> kinds) {
        TreeSet<String> found = new TreeSet<>();
        for (HasMetadata object : Chart.objects(NOW, values)) {
            found.add(object.getKind());
            found.add(object.getKind() + " " + object.getMetadata().getName());
            found.add(object.getKind() + " " + object.getMetadata().getNamespace());
        }
        found.retainAll(kinds);
        return found;
    }

    @Test
    void everyCombinationOfSettingsThatDependOnEachOtherIsValidAndHasWhatFollows() {
        IntStream.range(0, 1 << SETTINGS.size()).forEach(ChartTest::dependent);
    }

    private static void dependent(int bits) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("crds.install", false));
        Set<String> on = new TreeSet<>();
        for (int i = 0; i < SETTINGS.size(); i++) {
            String setting = SETTINGS.get(i);
            if ((bits >> i & 1) == 1) {
                on.add(setting);
            }
            switch (setting) {
                case REPLICAS -> values.put(setting, on.contains(setting) ? 2 : 1);
                case WATCHED -> values.putAll(on.contains(setting) ? Map.of(setting, "one") : Map.of());
                default -> values.put(setting, on.contains(setting));
            }
        }
        if (on.contains(REPLICAS) && !on.contains(ELECTION)) {
            assertThatThrownBy(() -> Chart.render(NOW, values)).hasMessageContaining("leaderElection");
            return;
        }
        Set<String> expected = new TreeSet<>(FOLLOWS.keySet());
        expected.removeIf(kind -> !FOLLOWS.get(kind).test(on));
        assertThat(found(values, FOLLOWS.keySet())).as("%s", values).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 0"})
    void definitionsComeWithAllPartsAndWithoutAny(boolean installed, int definitions) {
        Map<String, Object> all = new HashMap<>(Map.of("crds.install", installed));
        PARTS.forEach(part -> all.put(part.value(), part.on()));
        for (Map<String, ?> values : List.of(all, Map.of("crds.install", installed))) {
            assertThat(Chart.of(Chart.objects(NOW, values), CustomResourceDefinition.class))
                    .hasSize(definitions);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.20.2, policy/v1beta1", "1.21.0, policy/v1", "v1.33.1-eks-1, policy/v1"})
    void aBudgetIsOfTheVersionThatTheServerKnows(String server, String version) {
        List<HasMetadata> objects = Chart.objects(server, Map.of("crds.install", false, "replicas", 2));

        assertThat(objects)
                .filteredOn(object -> object.getKind().equals("PodDisruptionBudget"))
                .extracting(HasMetadata::getApiVersion)
                .containsExactly(version);
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
