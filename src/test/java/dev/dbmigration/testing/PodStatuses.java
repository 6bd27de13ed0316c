package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The status a kubelet writes for a Pod at each point of its life. */
final class PodStatuses {

    private final Pod pod;
    private final Container container;
    private final String startTime = now();
    private final Map<String, ContainerState> inits = new LinkedHashMap<>();

    PodStatuses(Pod pod, Container container) {
        this.pod = pod;
        this.container = container;
        pod.getSpec()
                .getInitContainers()
                .forEach(init -> inits.put(init.getName(), waitingState("PodInitializing", null)));
    }

    /** An init container waits, and so do those after it. */
    PodStatus initWaiting(String name, String reason, String message) {
        return initializing(name, waitingState(reason, message), "Pending");
    }

    PodStatus initRunning(String name, String startedAt) {
        return initializing(
                name, new ContainerStateBuilder().withNewRunning(startedAt).build(), "Pending");
    }

    /** One that failed ends the Pod. */
    PodStatus initEnded(String name, ContainerStateTerminated terminated) {
        return initializing(name, terminatedState(terminated), terminated.getExitCode() == 0 ? "Pending" : "Failed");
    }

    private PodStatus initializing(String name, ContainerState state, String phase) {
        inits.put(name, state);
        return status(phase, false, waitingState("PodInitializing", null)).build();
    }

    static PodStatus unschedulable(String message) {
        return new PodStatusBuilder()
                .withPhase("Pending")
                .withQosClass("BestEffort")
                .withConditions(new PodConditionBuilder(condition("PodScheduled", false))
                        .withReason("Unschedulable")
                        .withMessage(message)
                        .build())
                .build();
    }

    PodStatus waiting(String reason, String message) {
        return status("Pending", false, waitingState(reason, message)).build();
    }

    PodStatus running(String startedAt) {
        ContainerState running =
                new ContainerStateBuilder().withNewRunning(startedAt).build();
        return status("Running", true, running).build();
    }

    PodStatus ended(ContainerStateTerminated terminated) {
        String phase = terminated.getExitCode() == 0 ? "Succeeded" : "Failed";
        return status(phase, false, terminatedState(terminated)).build();
    }

    /** A Pod that its node ended, with what is known of its container: null if it never started. */
    PodStatus failed(String reason, String message, ContainerStateTerminated terminated) {
        ContainerState state =
                terminated == null ? waitingState("ContainerCreating", null) : terminatedState(terminated);
        return status("Failed", false, state)
                .withReason(reason)
                .withMessage(message)
                .build();
    }

    private PodStatusBuilder status(String phase, boolean ready, ContainerState state) {
        boolean started = state.getWaiting() == null;
        return new PodStatusBuilder()
                .withPhase(phase)
                .withQosClass("BestEffort")
                .withStartTime(startTime)
                .withHostIP("127.0.0.1")
                .withPodIP("127.0.0.1")
                .withConditions(List.of(
                        condition("PodScheduled", true),
                        condition("Initialized", true),
                        condition("ContainersReady", ready),
                        condition("Ready", ready)))
                .withInitContainerStatuses(pod.getSpec().getInitContainers().stream()
                        .map(init -> new ContainerStatusBuilder()
                                .withName(init.getName())
                                .withImage(init.getImage())
                                .withImageID("")
                                .withReady(false)
                                .withRestartCount(0)
                                .withState(inits.get(init.getName()))
                                .build())
                        .toList())
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withImageID(started ? imageId() : "")
                        .withContainerID(
                                started ? "stand-in://" + pod.getMetadata().getUid() : null)
                        .withReady(ready)
                        .withStarted(ready)
                        .withRestartCount(0)
                        .withState(state)
                        .build());
    }

    /** Made of the name, so that it looks like a digest and is the same in every run. */
    private String imageId() {
        return container.getImage() + "@sha256:"
                + String.format("%064x", container.getImage().hashCode() & 0xffffffffL);
    }

    private static ContainerState waitingState(String reason, String message) {
        return new ContainerStateBuilder().withNewWaiting(message, reason).build();
    }

    private static ContainerState terminatedState(ContainerStateTerminated terminated) {
        return new ContainerStateBuilder().withTerminated(terminated).build();
    }

    private static PodCondition condition(String type, boolean status) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status ? "True" : "False")
                .withLastTransitionTime(now())
                .build();
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
