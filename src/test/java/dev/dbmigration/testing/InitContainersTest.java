package dev.dbmigration.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stand-in kubelet on Pods that are prepared by other containers first. */
class InitContainersTest {

    private final ApiServer api = new ApiServer();
    private final KubernetesClient user = api.client();
    private final Image shell = Image.ofThisMachine();
    private final StandInKubelet kubelet = new StandInKubelet(
            api, Map.of("shell", shell, "files", shell.withFiles(Map.of("/data/a", "from an image"))));

    @AfterEach
    void stop() {
        kubelet.close();
        api.close();
        assertThat(kubelet.failures()).isEmpty();
    }

    @Test
    void theyRunInOrderAndShareAVolumeWithTheContainer() {
        create("shell", "echo one >\"$0\"/log", "files", "cat \"$1\"/a >>\"$0\"/log");

        Pod ended = await().until(() -> pod(), found -> phase(found).equals("Succeeded"));

        assertThat(log()).isEqualTo("one\nfrom an image");
        assertThat(ended.getStatus().getInitContainerStatuses())
                .extracting(status -> status.getState().getTerminated().getExitCode())
                .containsExactly(0, 0);
        assertThat(kubelet.starts("p")).isEqualTo(1);
    }

    @Test
    void oneThatFailsEndsThePod() {
        create("shell", "exit 3", "shell", "true");

        Pod ended = await().until(() -> pod(), found -> phase(found).equals("Failed"));

        ContainerStatus migration = ended.getStatus().getContainerStatuses().get(0);
        assertThat(migration.getState().getWaiting().getReason()).isEqualTo("PodInitializing");
        assertThat(migration.getContainerID()).isNull();
        assertThat(ended.getStatus()
                        .getInitContainerStatuses()
                        .get(0)
                        .getState()
                        .getTerminated()
                        .getExitCode())
                .isEqualTo(3);
        assertThat(ended.getStatus()
                        .getInitContainerStatuses()
                        .get(1)
                        .getState()
                        .getWaiting()
                        .getReason())
                .isEqualTo("PodInitializing");
        assertThat(kubelet.starts("p")).isZero();
    }

    @Test
    void oneWaitsForItsImage() {
        create("shell", "true", "later", "true");

        await().until(
                        () -> pod(),
                        found -> found.getStatus() != null
                                && found.getStatus().getInitContainerStatuses().stream()
                                        .anyMatch(status -> status.getState().getWaiting() != null
                                                && "ErrImagePull"
                                                        .equals(status.getState()
                                                                .getWaiting()
                                                                .getReason())));
        kubelet.addImage("later", shell);

        await().until(() -> phase(pod()).equals("Succeeded"));
    }

    private void create(String firstImage, String first, String secondImage, String second) {
        user.resource(Serialization.unmarshal("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: p}
                        spec:
                          initContainers:
                          - {name: first, image: %s, command: [sh, -c, '%s', /work, /data], volumeMounts: &mounts [{name: w, mountPath: /work}]}
                          - {name: second, image: %s, command: [sh, -c, '%s', /work, /data], volumeMounts: *mounts}
                          containers:
                          - {name: c, image: shell, command: [sh, -c, 'if test -e "$0"/log; then cat "$0"/log; fi', /work], volumeMounts: *mounts}
                          volumes: [{name: w, emptyDir: {}}]
                        """.formatted(firstImage, first, secondImage, second), Pod.class))
                .create();
    }

    private Pod pod() {
        return user.pods().withName("p").get();
    }

    private String log() {
        return user.pods().withName("p").inContainer("c").getLog();
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? ""
                : pod.getStatus().getPhase();
    }
}
