package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is copied from elsewhere: the chart's definitions and version, and the manifests for those without Helm. */
class ManifestsInStepTest {

    private static final String REPAIR = "mvn -q test -Dtest=ManifestsInStepTest -Dmanifests.write=true";
    private static final Path MANIFEST = Path.of("deploy/manifests/dbmigration-operator.yaml");
    private static final Path COPIES = Chart.DIRECTORY.resolve("definitions");
    private static final String NAMESPACE = """
            # Made from the chart's default values by: %s
            apiVersion: v1
            kind: Namespace
            metadata:
              name: dbmigration-operator
              labels:
                pod-security.kubernetes.io/enforce: restricted
            """.formatted(REPAIR);

    @Test
    void theChartsDefinitionsAreCopiesOfTheCommittedOnes() throws IOException {
        Map<String, String> committed = files(Path.of("deploy/crds"));
        if (Boolean.getBoolean("manifests.write")) {
            for (Map.Entry<String, String> file : committed.entrySet()) {
                Files.writeString(COPIES.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(files(COPIES))
                .as("%s differs from deploy/crds; repair it with: %s", COPIES, REPAIR)
                .isEqualTo(committed);
    }

    @Test
    void theManifestIsTheChartWithItsDefaultValues() throws IOException {
        String manifest = NAMESPACE + withoutHelm(Chart.render("1.33.0", Map.of()));
        if (Boolean.getBoolean("manifests.write")) {
            Files.createDirectories(MANIFEST.getParent());
            Files.writeString(MANIFEST, manifest);
        }
        // Without the two texts, which are four thousand lines each.
        assertThat(Files.readString(MANIFEST).equals(manifest))
                .as("%s is what the chart renders; repair it with: %s", MANIFEST, REPAIR)
                .isTrue();
    }

    @Test
    void theChartsAppVersionIsTheProjects() throws IOException {
        assertThat(first("(?m)^appVersion: (\\S+)$", Chart.DIRECTORY.resolve("Chart.yaml")))
                .isEqualTo(first("(?s)</artifactId>\\s*<version>(.*?)</version>", Path.of("pom.xml")));
    }

    /** Nothing that Helm alone reads: hooks, and labels by which it would think the objects its own. */
    private static String withoutHelm(String text) {
        return Arrays.stream(text.split("(?m)^---$"))
                .filter(document -> !document.isBlank() && !document.contains("helm.sh/hook"))
                .map(document -> document.lines()
                        .filter(line -> !line.matches("# Source: .*| +(helm.sh/chart|helm.sh/resource-policy|"
                                + "app.kubernetes.io/managed-by): .*"))
                        .collect(Collectors.joining("\n")))
                .map(document -> "---\n" + document.strip().replaceAll("(?m)^  annotations:\n(?!    )", "") + "\n")
                .collect(Collectors.joining());
    }

    private static String first(String pattern, Path file) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }
}
