package dev.dbmigration.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a container finds in its files and variables. */
class KubeletVolumesTest {

    private final ApiServer api = new ApiServer();
    private final KubernetesClient user = api.client();
    private final StandInKubelet kubelet = new StandInKubelet(api, java.util.Map.of("shell", Image.ofThisMachine()));

    @BeforeEach
    void data() {
        user.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("sources")
                        .endMetadata()
                        .addToData("a.sql", "A")
                        .addToData("b.sql", "B")
                        .addToBinaryData("c.bin", Base64.getEncoder().encodeToString("C".getBytes()))
                        .build())
                .create();
        user.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("private")
                        .endMetadata()
                        .addToStringData("key", "s3cret")
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        List<Throwable> failures = kubelet.failures();
        kubelet.close();
        api.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void a_configmap_lies_as_a_kubelet_lays_it() {
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewConfigMap()
                .withName("sources")
                .endConfigMap()
                .build();

        assertThat(output(container("ls -a \"$0\" | tail -n +3; cat \"$0\"/*.sql \"$0\"/c.bin", "/run/in"), volume))
                .containsExactly("..2026_01_01_00_00_00.000000001", "..data", "a.sql", "b.sql", "c.bin", "ABC");
    }

    @Test
    void items_choose_and_rename() {
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewConfigMap()
                .withName("sources")
                .withItems(new KeyToPath("b.sql", null, "deep/renamed.sql"))
                .endConfigMap()
                .build();

        assertThat(output(container("ls \"$0\"; cat \"$0\"/deep/renamed.sql", "/run/in"), volume))
                .containsExactly("deep", "B");
    }

    @Test
    void one_key_can_be_mounted_as_a_file() {
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewSecret()
                .withSecretName("private")
                .endSecret()
                .build();
        Container container = new ContainerBuilder(container("cat \"$0\"", "/etc/key.pem"))
                .withVolumeMounts(new VolumeMountBuilder()
                        .withName("v")
                        .withMountPath("/etc/key.pem")
                        .withSubPath("key")
                        .build())
                .build();

        assertThat(output(container, volume)).containsExactly("s3cret");
    }

    @Test
    void projections_come_together_and_optional_ones_may_be_absent() {
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewProjected()
                .addNewSource()
                .withNewConfigMap()
                .withName("sources")
                .addNewItem("a.sql", null, "a.sql")
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewSecret()
                .withName("private")
                .endSecret()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("absent")
                .withOptional(true)
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("name")
                .withNewFieldRef(null, "metadata.name")
                .endItem()
                .endDownwardAPI()
                .endSource()
                .endProjected()
                .build();

        assertThat(output(container("ls \"$0\"; cat \"$0\"/*", "/run/in"), volume))
                .containsExactly("a.sql", "key", "name", "As3cretp");
    }

    @Test
    void an_empty_directory_can_be_written_to_and_is_gone_with_the_pod() {
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
        List<String> lines = output(container("echo x >\"$0\"/f && cat \"$0\"/f; echo \"$0\"", "/run/in"), volume);
        assertThat(lines).first().isEqualTo("x");
        assertThat(new java.io.File(lines.get(1))).exists();

        user.pods().withName("p").delete();

        await().until(() -> !new java.io.File(lines.get(1)).exists());
    }

    @Test
    void a_key_that_is_missing_in_a_volume_is_told_by_event() {
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewSecret()
                .withSecretName("private")
                .withItems(new KeyToPath("later", null, "later"))
                .endSecret()
                .build();
        create(container("cat \"$0\"/later", "/run/in"), volume);
        await().until(() -> user.v1().events().list().getItems().stream()
                .anyMatch(event -> event.getMessage()
                        .equals("MountVolume.SetUp failed for volume \"v\" : references non-existent secret key:"
                                + " later")));

        user.secrets()
                .withName("private")
                .edit(secret -> new SecretBuilder(secret)
                        .addToStringData("later", "came")
                        .build());

        assertThat(ended()).containsExactly("came");
    }

    @Test
    void only_paths_of_mounts_are_rewritten() {
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewEmptyDir()
                .endEmptyDir()
                .build();

        List<String> lines = output(
                container(
                        "for each; do echo \"$each\"; done",
                        "sh",
                        "/run/in",
                        "/run/in/x",
                        "/run",
                        "/dev/termination-log",
                        "/run/input",
                        "/",
                        "run/in"),
                volume);

        String root = lines.get(2).substring(0, lines.get(2).length() - "/run".length());
        assertThat(root).startsWith("/").contains("stand-in-kubelet");
        assertThat(lines)
                .containsExactly(
                        root + "/run/in",
                        root + "/run/in/x",
                        root + "/run",
                        root + "/dev/termination-log",
                        "/run/input",
                        "/",
                        "run/in");
    }

    @Test
    void whole_secrets_and_configmaps_become_variables() {
        Container container = new ContainerBuilder(
                        container("echo $S_key $PATH_IN; test -z \"${ABSENT+x}\" && echo ok"))
                .withEnvFrom(
                        new EnvFromSourceBuilder()
                                .withPrefix("S_")
                                .withNewSecretRef("private", false)
                                .build(),
                        new EnvFromSourceBuilder()
                                .withNewConfigMapRef("absent", true)
                                .build())
                .withEnv(
                        new EnvVarBuilder()
                                .withName("ABSENT")
                                .withNewValueFrom()
                                .withNewSecretKeyRef("nothing", "private", true)
                                .endValueFrom()
                                .build(),
                        new EnvVarBuilder()
                                .withName("PATH_IN")
                                .withValue("/run/in")
                                .build())
                .build();
        Volume volume = new VolumeBuilder()
                .withName("v")
                .withNewEmptyDir()
                .endEmptyDir()
                .build();

        List<String> lines = output(container, volume);

        assertThat(lines.get(0)).startsWith("s3cret /").endsWith("/run/in");
        assertThat(lines.get(1)).isEqualTo("ok");
    }

    private static Container container(String script, String... arguments) {
        return new ContainerBuilder()
                .withName("main")
                .withImage("shell")
                .withCommand("sh", "-c", script)
                .withArgs(arguments)
                .withVolumeMounts(new VolumeMountBuilder()
                        .withName("v")
                        .withMountPath("/run/in")
                        .build())
                .build();
    }

    private List<String> output(Container container, Volume volume) {
        create(container, volume);
        return ended();
    }

    private void create(Container container, Volume volume) {
        user.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("p")
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .withContainers(container)
                        .withVolumes(volume)
                        .endSpec()
                        .build())
                .create();
    }

    private List<String> ended() {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        user.pods().withName("p").get().getStatus().getPhase().equals("Succeeded"));
        return user.pods().withName("p").getLog().lines().toList();
    }
}
