package dev.dbmigration.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StandInKubeletTest {

    private final ApiServer api = new ApiServer();
    private final KubernetesClient user = api.client();
    private final StandInKubelet kubelet = new StandInKubelet(api, Map.of("shell", Image.ofThisMachine()));

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        List<Throwable> failures = kubelet.failures();
        kubelet.close();
        api.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void a_command_that_succeeds() {
        create("p", sh("echo hello; echo done >\"$0\"", "/dev/termination-log"));

        Pod ended = awaitPod("p", pod -> phase(pod).equals("Succeeded"));

        assertThat(ended.getSpec().getNodeName()).isEqualTo("stand-in");
        assertThat(terminated(ended).getExitCode()).isZero();
        assertThat(terminated(ended).getReason()).isEqualTo("Completed");
        assertThat(terminated(ended).getMessage()).isEqualTo("done\n");
        assertThat(terminated(ended).getStartedAt()).isNotNull();
        assertThat(terminated(ended).getFinishedAt()).isNotNull();
        assertThat(user.pods().withName("p").getLog()).isEqualTo("hello\n");
        assertThat(kubelet.starts("p")).isEqualTo(1);
    }

    @Test
    void a_command_that_fails() {
        create("p", sh("echo broken; exit 3"));

        Pod ended = awaitPod("p", pod -> phase(pod).equals("Failed"));

        assertThat(terminated(ended).getExitCode()).isEqualTo(3);
        assertThat(terminated(ended).getReason()).isEqualTo("Error");
        assertThat(terminated(ended).getMessage()).isNull();
    }

    @Test
    void the_end_of_the_log_stands_for_a_message_where_that_is_asked_for() {
        create(
                "p",
                container -> sh("echo broken; exit 3")
                        .andThen(each -> each.withTerminationMessagePolicy("FallbackToLogsOnError"))
                        .accept(container));

        assertThat(terminated(awaitPod("p", pod -> phase(pod).equals("Failed"))).getMessage())
                .isEqualTo("broken\n");
    }

    @Test
    void a_message_is_cut_to_4096_bytes() {
        create("p", sh("head -c 5000 /dev/zero | tr '\\0' x >\"$0\"", "/dev/termination-log"));

        assertThat(terminated(awaitPod("p", pod -> phase(pod).equals("Succeeded")))
                        .getMessage())
                .hasSize(4096);
    }

    @Test
    void a_command_that_does_not_exist() {
        create("p", container -> container.withCommand("no-such-command-here"));

        Pod ended = awaitPod("p", pod -> phase(pod).equals("Failed"));

        assertThat(terminated(ended).getExitCode()).isEqualTo(128);
        assertThat(terminated(ended).getReason()).isEqualTo("StartError");
    }

    @Test
    void a_missing_secret_then_a_missing_key_are_shown_and_waited_for() {
        create(
                "p",
                container -> sh("test \"$PASSWORD\" = s3cret")
                        .andThen(each -> each.withEnv(new EnvVarBuilder()
                                .withName("PASSWORD")
                                .withNewValueFrom()
                                .withNewSecretKeyRef("password", "ehr-db", null)
                                .endValueFrom()
                                .build()))
                        .accept(container));
        Pod waiting = awaitPod("p", pod -> "CreateContainerConfigError".equals(waitingReason(pod)));
        assertThat(state(waiting).getWaiting().getMessage()).isEqualTo("secret \"ehr-db\" not found");

        user.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("ehr-db")
                        .endMetadata()
                        .addToStringData("user", "me")
                        .build())
                .create();
        awaitPod(
                "p",
                pod -> state(pod).getWaiting() != null
                        && "couldn't find key password in Secret default/ehr-db"
                                .equals(state(pod).getWaiting().getMessage()));

        user.secrets()
                .withName("ehr-db")
                .edit(secret -> new SecretBuilder(secret)
                        .addToStringData("password", "s3cret")
                        .build());
        awaitPod("p", pod -> phase(pod).equals("Succeeded"));
    }

    @Test
    void an_image_that_arrives_later() {
        create(
                "p",
                container ->
                        sh("exit 0").andThen(each -> each.withImage("app:1")).accept(container));
        awaitPod("p", pod -> "ImagePullBackOff".equals(waitingReason(pod)));

        kubelet.addImage("app:1", Image.ofThisMachine());

        awaitPod("p", pod -> phase(pod).equals("Succeeded"));
    }

    @Test
    void args_go_after_the_images_entrypoint_and_a_command_replaces_it() {
        kubelet.addImage("echo", Image.withEntrypoint("echo", "from entrypoint"));
        create("with-args", container -> container.withImage("echo").withArgs("and args"));
        create(
                "with-command",
                container -> container.withImage("echo").withCommand("echo").withArgs("args"));

        awaitPod("with-args", pod -> phase(pod).equals("Succeeded"));
        awaitPod("with-command", pod -> phase(pod).equals("Succeeded"));

        assertThat(user.pods().withName("with-args").getLog()).isEqualTo("from entrypoint and args\n");
        assertThat(user.pods().withName("with-command").getLog()).isEqualTo("args\n");
    }

    @Test
    void a_missing_configmap_volume_is_told_by_event_and_mounted_once_it_comes() {
        Pod created = create(
                "p",
                sh("cat \"$0\"/a.sql; cat \"$1\"/input/a.sql", "/run/input", "/run"),
                spec -> spec.editFirstContainer()
                        .addNewVolumeMount()
                        .withName("input")
                        .withMountPath("/run/input")
                        .endVolumeMount()
                        .endContainer()
                        .addNewVolume()
                        .withName("input")
                        .withNewConfigMap()
                        .withName("sources")
                        .endConfigMap()
                        .endVolume());
        await().until(() -> user.v1().events().list().getItems().stream()
                .anyMatch(event -> event.getReason().equals("FailedMount")
                        && event.getInvolvedObject()
                                .getUid()
                                .equals(created.getMetadata().getUid())
                        && event.getMessage()
                                .equals("MountVolume.SetUp failed for volume \"input\" : configmap \"sources\" not"
                                        + " found")));
        assertThat(waitingReason(user.pods().withName("p").get())).isEqualTo("ContainerCreating");

        user.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("sources")
                        .endMetadata()
                        .addToData("a.sql", "select 1;\n")
                        .build())
                .create();

        awaitPod("p", pod -> phase(pod).equals("Succeeded"));
        assertThat(user.pods().withName("p").getLog()).isEqualTo("select 1;\nselect 1;\n");
    }

    @Test
    void a_deleted_pod_is_asked_to_stop_and_goes_when_it_has() {
        create("p", sh("trap 'echo stopped; exit 7' TERM; echo up; while :; do sleep 0.1; done"));
        awaitPod("p", pod -> user.pods().withName("p").getLog().contains("up"));
        List<Integer> codes = new CopyOnWriteArrayList<>();
        try (var informer = user.pods().inform()) {
            informer.addEventHandler(lastWords(codes));

            user.pods().withName("p").delete();

            await().until(() -> user.pods().withName("p").get() == null);
            await().untilAsserted(() -> assertThat(codes).containsExactly(7));
        }
        assertThat(kubelet.processes()).isEmpty();
    }

    @Test
    void a_pod_that_does_not_stop_is_killed_after_its_grace() {
        create("p", sh("trap '' TERM; echo up; while :; do sleep 0.1; done"));
        awaitPod("p", pod -> user.pods().withName("p").getLog().contains("up"));
        List<Integer> codes = new CopyOnWriteArrayList<>();
        try (var informer = user.pods().inform()) {
            informer.addEventHandler(lastWords(codes));

            user.pods().withName("p").withGracePeriod(1).delete();

            await().until(() -> user.pods().withName("p").get() == null);
            await().untilAsserted(() -> assertThat(codes).containsExactly(137));
        }
    }

    @Test
    void what_the_node_can_do_to_a_pod() {
        for (String name : List.of("killed", "oom", "evicted")) {
            create(name, sh("echo up; sleep 600; true"));
        }
        Pod killed = awaitPod("killed", pod -> phase(pod).equals("Running"));
        Pod oom = awaitPod("oom", pod -> phase(pod).equals("Running"));
        Pod evicted = awaitPod("evicted", pod -> phase(pod).equals("Running"));
        for (String name : List.of("killed", "oom", "evicted")) {
            awaitPod(name, pod -> user.pods().withName(name).getLog().contains("up"));
        }
        await().until(() ->
                kubelet.processes().stream().allMatch(each -> each.children().count() == 1));
        List<ProcessHandle> processes = kubelet.processes().stream()
                .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
                .toList();
        assertThat(processes).hasSize(6);

        kubelet.killContainer(killed);
        kubelet.oomKill(oom);
        kubelet.evict(evicted);

        assertThat(terminated(awaitPod("killed", pod -> phase(pod).equals("Failed")))
                        .getExitCode())
                .isEqualTo(137);
        assertThat(terminated(awaitPod("oom", pod -> phase(pod).equals("Failed")))
                        .getReason())
                .isEqualTo("OOMKilled");
        assertThat(awaitPod("evicted", pod -> phase(pod).equals("Failed"))
                        .getStatus()
                        .getReason())
                .isEqualTo("Evicted");
        await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void a_lost_node_reports_nothing_more_and_its_pod_stays() {
        create("p", sh("sleep 600"));
        Pod running = awaitPod("p", pod -> phase(pod).equals("Running"));

        kubelet.loseNode(running);

        await().until(() -> kubelet.processes().isEmpty());
        user.pods().withName("p").delete();
        assertThat(phase(user.pods().withName("p").get())).isEqualTo("Running");
        assertThat(user.pods().withName("p").get().isMarkedForDeletion()).isTrue();
    }

    @Test
    void a_pod_that_vanishes_takes_its_process_along() {
        create("p", sh("sleep 600"));
        Pod running = awaitPod("p", pod -> phase(pod).equals("Running"));

        kubelet.vanish(running);

        assertThat(user.pods().withName("p").get()).isNull();
        await().until(() -> kubelet.processes().isEmpty());
    }

    @Test
    void a_deadline_ends_a_running_pod_and_one_that_still_waits() {
        create("running", sh("sleep 600"), spec -> spec.withActiveDeadlineSeconds(1L));
        create("waiting", container -> container.withImage("nowhere"), spec -> spec.withActiveDeadlineSeconds(1L));

        for (String name : List.of("running", "waiting")) {
            Pod ended = awaitPod(name, pod -> phase(pod).equals("Failed"));
            assertThat(ended.getStatus().getReason()).isEqualTo("DeadlineExceeded");
        }
        assertThat(kubelet.starts("waiting")).isZero();
    }

    @Test
    void an_unschedulable_pod_says_so_and_starts_when_there_is_room() {
        kubelet.markUnschedulable(true);
        create("p", sh("exit 0"));
        awaitPod(
                "p",
                pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> "Unschedulable".equals(condition.getReason())));
        assertThat(user.pods().withName("p").get().getSpec().getNodeName()).isNull();

        kubelet.markUnschedulable(false);

        awaitPod("p", pod -> phase(pod).equals("Succeeded"));
    }

    @Test
    void a_paused_kubelet_starts_nothing_and_a_held_exit_is_not_seen() {
        kubelet.pause();
        kubelet.holdExits();
        create("p", sh("echo ran"));
        awaitPod("p", pod -> "ContainerCreating".equals(waitingReason(pod)));
        assertThat(kubelet.starts("p")).isZero();

        kubelet.resume();
        awaitPod("p", pod -> phase(pod).equals("Running"));
        await().until(() -> kubelet.processes().isEmpty());
        assertThat(phase(user.pods().withName("p").get())).isEqualTo("Running");

        kubelet.releaseExits();
        awaitPod("p", pod -> phase(pod).equals("Succeeded"));
    }

    @Test
    void this_projects_image_runs_its_main() {
        kubelet.addImage("dbmigration", Image.ofThisProject());
        create("p", container -> container.withImage("dbmigration").withArgs("neither"));

        Pod ended = awaitPod("p", pod -> phase(pod).equals("Failed"));

        assertThat(terminated(ended).getExitCode()).isEqualTo(64);
        assertThat(user.pods().withName("p").getLog()).startsWith("usage: operator | runner");
    }

    @Test
    void a_namesake_is_another_pod() {
        create("p", sh("sleep 600"));
        Pod first = awaitPod("p", pod -> phase(pod).equals("Running"));
        kubelet.vanish(first);
        create("p", sh("exit 0"));

        Pod second = awaitPod("p", pod -> phase(pod).equals("Succeeded"));

        assertThat(second.getMetadata().getUid())
                .isNotEqualTo(first.getMetadata().getUid());
        assertThat(kubelet.starts("p")).isEqualTo(2);
        await().until(() -> kubelet.processes().isEmpty());
    }

    @Test
    void closing_kills_the_children_and_removes_the_files() {
        create("p", sh("pwd; echo up; sleep 600; true"));
        awaitPod("p", pod -> user.pods().withName("p").getLog().contains("up"));
        Path root =
                Path.of(user.pods().withName("p").getLog().lines().findFirst().orElseThrow());
        List<ProcessHandle> processes = kubelet.processes();
        assertThat(processes).hasSize(1);
        assertThat(root).exists();

        kubelet.close();

        await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(root.getParent().getParent()).doesNotExist();
    }

    @Test
    void the_environment_is_the_pods_alone() {
        kubelet.override("PGHOST", "127.0.0.1");
        create(
                "p",
                container -> sh("env | cut -d= -f1 | sort | tr '\\n' ' '; echo; echo $PGHOST $NAME")
                        .andThen(each -> each.withEnv(
                                new EnvVarBuilder()
                                        .withName("PGHOST")
                                        .withValue("db")
                                        .build(),
                                new EnvVarBuilder()
                                        .withName("NAME")
                                        .withNewValueFrom()
                                        .withNewFieldRef(null, "metadata.name")
                                        .endValueFrom()
                                        .build()))
                        .accept(container));

        awaitPod("p", pod -> phase(pod).equals("Succeeded"));

        assertThat(user.pods().withName("p").getLog().lines().toList())
                .containsExactly("HOME HOSTNAME JAVA_HOME NAME PATH PGHOST PWD TMPDIR ", "127.0.0.1 p");
    }

    private static ResourceEventHandler<Pod> lastWords(List<Integer> codes) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {}

            @Override
            public void onUpdate(Pod old, Pod pod) {}

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                codes.add(terminated(pod).getExitCode());
            }
        };
    }

    private static Consumer<ContainerBuilder> sh(String script, String... arguments) {
        return container -> container.withCommand("sh", "-c", script).withArgs(arguments);
    }

    private Pod create(String name, Consumer<ContainerBuilder> changes) {
        return create(name, changes, spec -> {});
    }

    private Pod create(String name, Consumer<ContainerBuilder> changes, Consumer<PodSpecBuilder> specChanges) {
        ContainerBuilder container = new ContainerBuilder().withName("main").withImage("shell");
        changes.accept(container);
        PodSpecBuilder spec = new PodSpecBuilder().withRestartPolicy("Never").withContainers(container.build());
        specChanges.accept(spec);
        return user.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withSpec(spec.build())
                        .build())
                .create();
    }

    private Pod awaitPod(String name, Predicate<Pod> condition) {
        return Awaitility.await(name).until(() -> user.pods().withName(name).get(), condition::test);
    }

    private static String phase(Pod pod) {
        return pod.getStatus().getPhase();
    }

    private static ContainerState state(Pod pod) {
        return pod.getStatus().getContainerStatuses().isEmpty()
                ? new ContainerState()
                : pod.getStatus().getContainerStatuses().get(0).getState();
    }

    private static String waitingReason(Pod pod) {
        return state(pod).getWaiting() == null ? null : state(pod).getWaiting().getReason();
    }

    private static ContainerStateTerminated terminated(Pod pod) {
        return state(pod).getTerminated();
    }
}
