package dev.dbmigration.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods as kubelets, schedulers and controllers of several ages write them. */
class PodStateReaderTest {

    private static final String NOT_SEEN = "; how its container ended was not seen";

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** A scheduled Pod with a status, which is YAML. */
    private static Pod pod(String status) {
        return pod("", "n1", status);
    }

    private static Pod pod(String metadata, String node, String status) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: drafts-1-1
                  creationTimestamp: "2026-03-01T11:00:00Z"
                %s
                spec: {%s}
                %s
                """.formatted(
                                metadata.indent(2),
                                node == null ? "" : "nodeName: " + node,
                                status == null ? "" : "status:\n" + status.indent(2)),
                Pod.class);
    }

    /** The migration's container in a state. */
    private static String container(String phase, String id, String state) {
        return """
                phase: %s
                containerStatuses:
                - name: migration
                  image: app
                  imageID: app@sha256:1
                  restartCount: 0
                  containerID: %s
                  lastState: {}
                  state: %s
                """.formatted(phase, id, state);
    }

    private static PodState read(Pod pod) {
        return PodStateReader.read(pod, NOW);
    }

    // --- it has not started --------------------------------------------------------------------------------------

    @Test
    void justCreated() {
        assertThat(read(pod("", null, null))).isEqualTo(new PodState.Waiting(null, null, false, false));
        assertThat(read(pod("", null, "phase: Pending")).neverStarted()).isTrue();
    }

    @Test
    void scheduledAndSilent() {
        PodState state = read(pod("phase: Pending"));
        assertThat(state).isEqualTo(new PodState.Waiting(null, null, true, false));
        assertThat(state.neverStarted())
                .as("its kubelet may have started it and not said so")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ContainerCreating", "PodInitializing"})
    void beingMade(String reason) {
        PodState state = read(pod(container("Pending", "", "{waiting: {reason: " + reason + "}}")));
        assertThat(state).isEqualTo(new PodState.Waiting(null, null, true, true));
        assertThat(state.neverStarted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ErrImagePull                | no such tag                                 | ImagePullFailed",
                "ImagePullBackOff            | Back-off pulling image \"app:1\"                | ImagePullFailed",
                "InvalidImageName            | couldn't parse image reference              | ImagePullFailed",
                "ImageInspectError           | Failed to inspect image                     | ImagePullFailed",
                "ErrImageNeverPull           | not present with pull policy of Never       | ImagePullFailed",
                "RegistryUnavailable         | image pull failed for r                     | ImagePullFailed",
                "SignatureValidationFailed   | image pull failed for r                     | ImagePullFailed",
                "CreateContainerConfigError  | secret \"ehr-db\" not found                   | SecretNotFound",
                "CreateContainerConfigError  | couldn't find key user in Secret ehr/ehr-db | SecretNotFound",
                "CreateContainerConfigError  | configmap \"app\" not found                   | SourceNotFound",
                "CreateContainerConfigError  | couldn't find key a in ConfigMap ehr/app    | SourceNotFound",
                "CreateContainerConfigError  | container has runAsNonRoot and image will run as root"
                        + " | ContainerConfigError",
                "CreateContainerError        | context deadline exceeded                   | ContainerConfigError",
                "PreStartHookError           | no device                                   | ContainerConfigError",
                "PreCreateHookError          | no device                                   | ContainerConfigError",
                "RunContainerError           | failed to start container                   | ContainerConfigError"
            })
    void whatKeepsIt(String word, String message, Reason reason) {
        String state = "{waiting: {reason: " + word + ", message: '" + message.replace("'", "''") + "'}}";
        assertThat(read(pod(container("Pending", "", state))))
                .isEqualTo(new PodState.Waiting(reason, word + ": " + message, true));
    }

    @Test
    void withoutWhatEachAnswerOfARuntimeBeginsWith() {
        String message = "rpc error: code = Unknown desc = failed to resolve";
        String state = "{waiting: {reason: ErrImagePull, message: '" + message + "'}}";
        assertThat(read(pod(container("Pending", "", state))))
                .isEqualTo(new PodState.Waiting(Reason.ImagePullFailed, "ErrImagePull: failed to resolve", true));
    }

    @Test
    void neverTellsCredentials() {
        String state = "{waiting: {reason: ErrImagePull, message: 'GET https://robot:hunter2secret@r.example/v2'}}";
        assertThat(((PodState.Waiting) read(pod(container("Pending", "", state)))).message())
                .isEqualTo("ErrImagePull: GET https://robot:***@r.example/v2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MountVolume.SetUp failed for volume \"creds\" : secret \"ehr-db\" not found | SecretNotFound",
                "MountVolume.SetUp failed for volume \"c\" : references non-existent secret key: user | SecretNotFound",
                "MountVolume.SetUp failed for volume \"ca\" : configmap \"rds-ca\" not found | SourceNotFound",
                "MountVolume.SetUp failed for volume \"ca\" : configmap references non-existent config key: pem"
                        + " | SourceNotFound",
                "MountVolume.SetUp failed for volume \"my-secret\" : configmap \"secret\" not found | SourceNotFound",
                "Unable to attach or mount volumes: unmounted volumes=[data]: timed out waiting for the condition"
                        + " | ContainerConfigError"
            })
    void whatCannotBeMounted(String event, Reason reason) {
        assertThat(PodStateReader.missing(event)).isEqualTo(reason);
        assertThat(Masking.mask(event)).as("names no credential").isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unschedulable", "SchedulingGated"})
    void noNodeTakesIt(String word) {
        String status = """
                phase: Pending
                conditions:
                - {type: PodScheduled, status: "False", reason: %s, message: "0/3 nodes are available"}
                """.formatted(word);
        PodState state = read(pod("", null, status));
        assertThat(state).isEqualTo(new PodState.Waiting(Reason.Unschedulable, "0/3 nodes are available", false));
        assertThat(state.neverStarted()).isTrue();
    }

    @Test
    void noNodeTakesItAndNobodySaysWhy() {
        String status = "conditions: [{type: PodScheduled, status: \"False\"}, {type: Ready, status: \"False\"}]";
        assertThat(read(pod("", null, status))).isEqualTo(new PodState.Waiting(Reason.Unschedulable, "", false));
        String scheduled = "conditions: [{type: PodScheduled, status: \"True\"}]";
        assertThat(read(pod(scheduled))).isEqualTo(new PodState.Waiting(null, null, true, false));
    }

    // --- it runs, or has run -------------------------------------------------------------------------------------

    @Test
    void runs() {
        String state = "{running: {startedAt: \"2026-03-01T11:00:05Z\"}}";
        assertThat(read(pod(container("Running", "containerd://1", state))))
                .isEqualTo(new PodState.Running("app@sha256:1"));
    }

    /** What a kubelet writes that has lost the container and is about to make another, restartPolicy or not. */
    @ParameterizedTest
    @ValueSource(
            strings = {"restartCount: 1", "lastState: {terminated: {reason: ContainerStatusUnknown, exitCode: 137}}"})
    void mayStartAgain(String trace) {
        String status = """
                phase: Running
                containerStatuses:
                - name: migration
                  imageID: app@sha256:1
                  %s
                  state: {waiting: {reason: ContainerCreating}}
                """.formatted(trace);
        PodState state = read(pod(status));
        assertThat(state).isInstanceOf(PodState.Running.class);
        assertThat(state.neverStarted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, Completed", "3, Error", "137, OOMKilled", "128, StartError", "127, ContainerCannotRun"})
    void ended(int code, String word) {
        String state = """
                {terminated: {exitCode: %d, reason: %s, message: said, startedAt: "1970-01-01T00:00:00Z",\
                 finishedAt: "2026-03-01T11:30:00Z", containerID: "containerd://1"}}""".formatted(code, word);
        PodState read = read(pod(container(code == 0 ? "Succeeded" : "Failed", "containerd://1", state)));
        Instant end = Instant.parse("2026-03-01T11:30:00Z");
        assertThat(read).isEqualTo(new PodState.Ended(code, word, null, "said", "app@sha256:1", end));
        assertThat(read.neverStarted()).isFalse();
    }

    @Test
    void endedWithoutACode() {
        String state = "{terminated: {finishedAt: \"2026-03-01T11:30:00Z\"}}";
        assertThat(((PodState.Ended) read(pod(container("Failed", "x", state)))).exitCode())
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "Evicted, Evicted",
        "Shutdown, Evicted",
        "NodeShutdown, Evicted",
        "Terminated, Evicted",
        "Preempting, Evicted",
        "DeadlineExceeded, DeadlineExceeded"
    })
    void endedByItsNode(String word, String podReason) {
        String state = "{terminated: {exitCode: 143, reason: Error, finishedAt: \"2026-03-01T11:30:00Z\"}}";
        PodState read = read(pod("reason: " + word + "\n" + container("Failed", "containerd://1", state)));
        assertThat(((PodState.Ended) read).podReason()).isEqualTo(podReason);
    }

    @Test
    void endedByADrain() {
        String state = "{terminated: {exitCode: 143, reason: Error, finishedAt: \"2026-03-01T11:30:00Z\"}}";
        String conditions = "conditions: [{type: DisruptionTarget, status: \"%s\", reason: EvictionByEvictionAPI}]\n";
        PodState read = read(pod(conditions.formatted("True") + container("Failed", "x", state)));
        assertThat(((PodState.Ended) read).podReason()).isEqualTo("Evicted");
        read = read(pod(conditions.formatted("False") + container("Failed", "x", state)));
        assertThat(((PodState.Ended) read).podReason()).isNull();
    }

    @Test
    void sidecarsDoNotCount() {
        String status = """
                phase: Running
                containerStatuses:
                - name: istio-proxy
                  state: {terminated: {exitCode: 0, reason: Completed, finishedAt: "2026-03-01T11:30:00Z"}}
                - name: migration
                  imageID: app@sha256:1
                  state: {running: {startedAt: "2026-03-01T11:00:05Z"}}
                """;
        assertThat(read(pod(status))).isInstanceOf(PodState.Running.class);
    }

    @Test
    void sidecarThatOutlivesIt() {
        String state = "{terminated: {exitCode: 0, finishedAt: \"2026-03-01T11:30:00Z\"}}";
        Instant end = Instant.parse("2026-03-01T11:30:00Z");
        assertThat(PodStateReader.outlivedSince(pod(container("Running", "x", state))))
                .contains(end);
        assertThat(PodStateReader.outlivedSince(pod(container("Succeeded", "x", state))))
                .isEmpty();
        assertThat(PodStateReader.outlivedSince(pod(container("Running", "x", "{running: {}}"))))
                .isEmpty();
        assertThat(PodStateReader.outlivedSince(pod("", null, null))).isEmpty();
    }

    // --- nobody saw how it ended ---------------------------------------------------------------------------------

    /** Never a success, whatever the exit code: nobody has seen it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // 1.20: the kubelet's placeholder
                "{terminated: {exitCode: 0, startedAt: null, finishedAt: null}}",
                // 1.22 and later
                "{terminated: {exitCode: 137, reason: ContainerStatusUnknown, startedAt: null, finishedAt: null,"
                        + " message: The container could not be located when the pod was terminated}}",
                "{terminated: {exitCode: 137, reason: ContainerStatusUnknown, finishedAt: \"2026-03-01T11:30:00Z\"}}",
                // containerd after its node was restarted
                "{terminated: {exitCode: 255, reason: Unknown, finishedAt: \"2026-03-01T11:30:00Z\"}}"
            })
    void placeholders(String state) {
        assertThat(read(pod(container("Failed", "containerd://1", state))))
                .isEqualTo(new PodState.Lost(Reason.OutcomeUnknown, "the Pod ended" + NOT_SEEN, true));
        assertThat(read(pod(container("Succeeded", "containerd://1", state)))).isInstanceOf(PodState.Lost.class);
        PodState unstarted = read(pod(container("Failed", "\"\"", state)));
        assertThat(unstarted.neverStarted()).as("it never had a container").isTrue();
    }

    @Test
    void exitCode255IsNoPlaceholderByItself() {
        String state = "{terminated: {exitCode: 255, reason: Error, finishedAt: \"2026-03-01T11:30:00Z\"}}";
        assertThat(read(pod(container("Failed", "x", state)))).isInstanceOf(PodState.Ended.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Evicted, PodEvicted",
        "Shutdown, PodEvicted",
        "NodeShutdown, PodEvicted",
        "Terminated, PodEvicted",
        "Preempting, PodEvicted",
        "DeadlineExceeded, DeadlineExceeded",
        "NodeAffinity, OutcomeUnknown"
    })
    void overWithoutATermination(String word, Reason reason) {
        String status = "reason: %s\nmessage: The node was low on memory.\n".formatted(word)
                + container("Failed", "containerd://1", "{running: {}}");
        assertThat(read(pod(status)))
                .isEqualTo(new PodState.Lost(reason, word + ": The node was low on memory." + NOT_SEEN, true));
    }

    @Test
    void nodeThatNoLongerExists() {
        String status = "conditions: [{type: DisruptionTarget, status: \"True\", reason: DeletionByPodGC}]\n"
                + container("Failed", "containerd://1", "{running: {}}");
        assertThat(read(pod(status)))
                .isEqualTo(new PodState.Lost(Reason.NodeLost, "the Pod's node no longer exists", true));
    }

    @Test
    void preemptedSince126() {
        String status = "conditions: [{type: DisruptionTarget, status: \"True\", reason: PreemptionByScheduler}]\n"
                + container("Failed", "containerd://1", "{running: {}}");
        assertThat(read(pod(status))).isEqualTo(new PodState.Lost(Reason.PodEvicted, "the Pod ended" + NOT_SEEN, true));
    }

    @ParameterizedTest
    @CsvSource({"OutOfcpu, PodRejected", "NodeAffinity, PodRejected", "UnexpectedAdmissionError, PodRejected"})
    void refusedAtTheDoor(String word, Reason reason) {
        PodState state = read(pod("phase: Failed\nreason: " + word + "\nmessage: no"));
        assertThat(state).isEqualTo(new PodState.Lost(reason, word + ": no", false));
        assertThat(state.neverStarted()).isTrue();
    }

    /** Kubelets before 1.22 leave no container status of a Pod that they evict, nor of one that they refuse. */
    @ParameterizedTest
    @CsvSource({
        "Usage of EmptyDir volume e exceeds the limit 1Mi., true",
        "Pod ephemeral local storage usage exceeds the total limit of containers 5Mi., true",
        "'Pod The node had condition: [DiskPressure].', false",
        "'Pod was rejected: The node had condition: [DiskPressure].', false"
    })
    void evictedWithoutContainerStatus(String message, boolean started) {
        PodState state = read(pod("phase: Failed\nreason: Evicted\nmessage: '" + message + "'"));
        assertThat(state)
                .isEqualTo(new PodState.Lost(
                        Reason.PodEvicted, "Evicted: " + message + (started ? NOT_SEEN : ""), started));
    }

    @Test
    void evictedBeforeItStarted() {
        String status = "reason: Evicted\n" + container("Failed", "", "{waiting: {reason: ContainerCreating}}");
        assertThat(read(pod(status))).isEqualTo(new PodState.Lost(Reason.PodEvicted, "Evicted: ", false));
    }

    @Test
    void deletedBeforeItStarted() {
        Pod deleted = pod("deletionTimestamp: \"2026-03-01T12:00:30Z\"", "n1", "phase: Failed");
        assertThat(read(deleted))
                .isEqualTo(new PodState.Lost(Reason.PodEvicted, "the Pod was evicted or deleted", false));
    }

    @Test
    void nodeThatDoesNotAnswer() {
        String running = container("Running", "containerd://1", "{running: {}}");
        Pod waitedFor = pod("deletionTimestamp: \"2026-03-01T11:59:01Z\"", "n1", running);
        assertThat(read(waitedFor)).isInstanceOf(PodState.Running.class);
        Pod givenUp = pod("deletionTimestamp: \"2026-03-01T11:59:00Z\"", "n1", running);
        assertThat(read(givenUp))
                .isEqualTo(new PodState.Lost(
                        Reason.NodeLost, "node n1 has not confirmed the end of the deleted Pod", true));
        assertThat(PodStateReader.lostAt(givenUp)).contains(NOW);
        assertThat(PodStateReader.lostAt(pod(running))).isEmpty();
    }

    @Test
    void deletedLongAgoWhileItsContainerWaits() {
        String waiting = container("Pending", "", "{waiting: {reason: CreateContainerConfigError}}");
        Pod slow = pod("deletionTimestamp: \"2026-03-01T11:55:01Z\"", "n1", waiting);
        assertThat(read(slow).neverStarted()).isTrue();
        Pod givenUp = pod("deletionTimestamp: \"2026-03-01T11:55:00Z\"", "n1", waiting);
        assertThat(read(givenUp).neverStarted()).isFalse();
        assertThat(PodStateReader.lostAt(givenUp)).contains(NOW);
    }

    /** An old kubelet forgets what it knew of the containers of a Pod that it was told to end. */
    @Test
    void deletedWhileItRanAndForgotten() {
        String forgotten = container("Failed", "containerd://1", "{terminated: {exitCode: 0}}");
        Pod deleted = pod("deletionTimestamp: \"2026-03-01T12:00:30Z\"", "n1", forgotten);
        assertThat(read(deleted))
                .isEqualTo(new PodState.Lost(Reason.PodEvicted, "the Pod was evicted or deleted" + NOT_SEEN, true));
    }

    @Test
    void deletedLongAgoWithoutANode() {
        Pod pod = pod("deletionTimestamp: \"2026-03-01T11:00:00Z\"", null, "phase: Pending");
        assertThat(read(pod).neverStarted()).isTrue();
    }

    @Test
    void deletedLongAgoAndSeenToEnd() {
        String state = "{terminated: {exitCode: 0, finishedAt: \"2026-03-01T11:30:00Z\"}}";
        Pod pod = pod("deletionTimestamp: \"2026-03-01T11:00:00Z\"", "n1", container("Succeeded", "x", state));
        assertThat(read(pod)).isInstanceOf(PodState.Ended.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"11:59:29, none", "11:59:30, Evicted", "11:59:31, Evicted"})
    void deletedWhileItRanOrAfterwards(String end, String podReason) {
        String deleted = "deletionTimestamp: \"2026-03-01T12:00:30Z\"\ndeletionGracePeriodSeconds: 60";
        String state = "{terminated: {exitCode: 143, reason: Error, finishedAt: \"2026-03-01T%sZ\"}}".formatted(end);
        PodState read = read(pod(deleted, "n1", container("Failed", "x", state)));
        assertThat(((PodState.Ended) read).podReason()).isEqualTo(podReason);
    }

    /** The kubelet's last word on a Pod, a minute after its deletion was asked for, is no silence. */
    @Test
    void deletionConfirmedByItsNode() {
        String deleted = "deletionTimestamp: \"2026-03-01T11:58:00Z\"\ndeletionGracePeriodSeconds: 0";
        String waiting = container("Pending", "", "{waiting: {reason: ImagePullBackOff}}");
        assertThat(read(pod(deleted, "n1", waiting)).neverStarted()).isTrue();
        assertThat(PodStateReader.lostAt(pod(deleted, "n1", waiting))).isEmpty();
    }

    // --- others prepare the Pod ----------------------------------------------------------------------------------

    private static PodState prepared(String phase, String name, String state) {
        return read(pod(unstarted(phase, name, state)));
    }

    private static String unstarted(String phase, String name, String state) {
        return container(phase, "", "{waiting: {reason: PodInitializing}}")
                + "initContainerStatuses:\n- {name: copy-program, imageID: i@sha256:0, state: {terminated: {exitCode: 0}}}\n"
                + "- {name: " + name + ", imageID: i@sha256:2, state: " + state + "}\n";
    }

    @Test
    void whatKeepsAnInitContainerKeepsIt() {
        assertThat(prepared("Pending", "source-1", "{waiting: {reason: ImagePullBackOff, message: no such tag}}"))
                .isEqualTo(new PodState.Waiting(Reason.ImagePullFailed, "ImagePullBackOff: no such tag", true));
        assertThat(prepared("Pending", "source-1", "{running: {}}"))
                .isEqualTo(new PodState.Waiting(null, null, true, true));
    }

    private static final String REPORT =
            "'{\"schemaVersion\":1,\"outcome\":\"Failed\",\"reason\":\"InvalidSpec\",\"message\":\"no folder\"}'";

    @Test
    void aReportOfACopyIsTheEnd() {
        PodState state = prepared(
                "Failed",
                "source-1",
                "{terminated: {exitCode: 1, reason: Error, finishedAt: '2026-03-01T11:30:00Z', message: " + REPORT
                        + "}}");
        assertThat(state).isInstanceOfSatisfying(PodState.Ended.class, ended -> {
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.message()).contains("no folder");
            assertThat(ended.finishedAt()).isEqualTo("2026-03-01T11:30:00Z");
        });
    }

    @Test
    void aReportOfAnInjectedContainerIsNone() {
        assertThat(prepared(
                        "Failed",
                        "mesh",
                        "{terminated: {exitCode: 1, reason: Error, finishedAt: '2026-03-01T11:30:00Z', message: "
                                + REPORT + "}}"))
                .isInstanceOfSatisfying(
                        PodState.Lost.class, lost -> assertThat(lost.reason()).isEqualTo(Reason.ContainerConfigError));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{exitCode: 128, reason: StartError, message: no such file}"
                        + " | init container source-1 ended with exit code 128 (StartError): no such file",
                "{exitCode: 1, reason: Error, message: no space left on device}"
                        + " | init container source-1 ended with exit code 1: no space left on device",
                "{exitCode: 137, reason: OOMKilled}"
                        + " | init container source-1 ended with exit code 137 (OOMKilled): its log says why"
            })
    void anInitContainerFailsWithoutAReport(String terminated, String message) {
        PodState state = prepared("Failed", "source-1", "{terminated: " + terminated + "}");
        assertThat(state).isEqualTo(new PodState.Lost(Reason.ContainerConfigError, message, false));
        assertThat(state.neverStarted()).isTrue();
    }

    @Test
    void anEvictionExplainsAnInitContainersEnd() {
        String status = unstarted("Failed", "source-1", "{terminated: {exitCode: 137, reason: Error}}");
        assertThat(read(pod(status + "reason: Evicted\nmessage: low on memory\n")))
                .isEqualTo(new PodState.Lost(Reason.PodEvicted, "Evicted: low on memory", false));
    }

    @Test
    void soDoesADeletion() {
        String status = unstarted("Failed", "source-1", "{terminated: {exitCode: 137, reason: Error}}");
        assertThat(read(pod("deletionTimestamp: '2026-03-01T11:59:59Z'\ndeletionGracePeriodSeconds: 0", "n1", status)))
                .isInstanceOfSatisfying(
                        PodState.Lost.class, lost -> assertThat(lost.reason()).isEqualTo(Reason.PodEvicted));
    }
}
