package dev.dbmigration.pod;

import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the state of an attempt's container out of its Pod, which may hold injected sidecars besides. */
public final class PodStateReader {

    /** After its deletion time a Pod whose kubelet still says nothing is taken for lost. */
    public static final Duration LOST_AFTER = Duration.ofSeconds(60);

    /**
     * The same where the kubelet has said that the container waits: it looks after such a Pod less eagerly than after
     * one that ran, and takes more than a minute where many come to their end at once or volumes are missing.
     */
    public static final Duration LOST_WHILE_WAITING_AFTER = Duration.ofMinutes(5);

    private static final int UNKNOWN_TO_CONTAINERD = 255;

    private static final Set<String> NODE_GOES_DOWN =
            Set.of("Evicted", "Shutdown", "NodeShutdown", "Terminated", "Preempting");

    private PodStateReader() {}

    public static PodState read(Pod observed, Instant now) {
        // What was just created has no status yet.
        Pod pod = observed.getStatus() != null
                ? observed
                : new PodBuilder(observed).withNewStatus().endStatus().build();
        Optional<ContainerStatus> status = container(pod);
        ContainerState state = status.map(ContainerStatus::getState).orElseGet(ContainerState::new);
        if (state.getTerminated() != null && seenToEnd(state.getTerminated())) {
            return ended(pod, state.getTerminated(), status.get());
        }
        if ("Failed".equals(pod.getStatus().getPhase()) || state.getTerminated() != null) {
            return over(pod, status);
        }
        boolean scheduled = pod.getSpec().getNodeName() != null;
        if (scheduled && overdue(pod, now)) {
            return new PodState.Lost(
                    Reason.NodeLost,
                    "node " + pod.getSpec().getNodeName() + " has not confirmed the end of the deleted Pod",
                    true);
        }
        if (state.getRunning() != null
                || status.filter(PodStateReader::ranBefore).isPresent()) {
            return new PodState.Running(status.get().getImageID());
        }
        // While others prepare its Pod, ours only says that it waits for them.
        return Stream.concat(Stream.ofNullable(state.getWaiting()), Preparation.waiting(pod))
                .map(waiting -> waiting(waiting, pod))
                .reduce((ours, theirs) -> ours.reason() == null ? theirs : ours)
                .<PodState>map(Function.identity())
                .orElseGet(() -> unschedulable(pod).orElse(new PodState.Waiting(null, null, scheduled, false)));
    }

    /**
     * Whether a termination tells how the container ended. A kubelet that no longer knows writes one without times, on
     * old servers even with exit code 0; containerd, when its node comes back, invents one.
     */
    private static boolean seenToEnd(ContainerStateTerminated terminated) {
        boolean invented = "Unknown".equals(terminated.getReason())
                && Integer.valueOf(UNKNOWN_TO_CONTAINERD).equals(terminated.getExitCode());
        return terminated.getFinishedAt() != null
                && !invented
                && !"ContainerStatusUnknown".equals(terminated.getReason());
    }

    /** A kubelet that has lost a container may wait to start it once more, whatever the restart policy. */
    private static boolean ranBefore(ContainerStatus status) {
        boolean again = status.getRestartCount() != null && status.getRestartCount() > 0;
        return again || status.getLastState() != null && status.getLastState().getTerminated() != null;
    }

    /**
     * The time at which {@link #read} gives a deleted Pod up; empty: it is not deleted, or its node has confirmed that
     * by a last deletion without grace, which also moves deletionTimestamp back to when it was asked for.
     */
    public static Optional<Instant> lostAt(Pod pod) {
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        // The API server has already added the grace period to deletionTimestamp.
        return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
                .filter(deleted -> grace == null || grace > 0)
                .map(time -> Instant.parse(time).plus(saidToWait(pod) ? LOST_WHILE_WAITING_AFTER : LOST_AFTER));
    }

    private static boolean saidToWait(Pod pod) {
        return pod.getStatus() != null
                && container(pod)
                        .filter(status ->
                                status.getState() != null && status.getState().getWaiting() != null)
                        .filter(status -> !ranBefore(status))
                        .isPresent();
    }

    /** When our container ended, if another one of the Pod still runs; empty: none does. */
    static Optional<Instant> outlivedSince(Pod pod) {
        return pod.getStatus() == null || !"Running".equals(pod.getStatus().getPhase())
                ? Optional.empty()
                : container(pod)
                        .map(ContainerStatus::getState)
                        .map(ContainerState::getTerminated)
                        .map(ContainerStateTerminated::getFinishedAt)
                        .map(Instant::parse);
    }

    private static boolean overdue(Pod pod, Instant now) {
        return lostAt(pod).filter(time -> !now.isBefore(time)).isPresent();
    }

    private static PodState ended(Pod pod, ContainerStateTerminated terminated, ContainerStatus status) {
        return new PodState.Ended(
                terminated.getExitCode() == null ? -1 : terminated.getExitCode(),
                terminated.getReason(),
                evicted(pod) || deletedBefore(pod, terminated)
                        ? PodState.Ended.EVICTED
                        : pod.getStatus().getReason(),
                terminated.getMessage(),
                status.getImageID(),
                Instant.parse(terminated.getFinishedAt()));
    }

    /** A Pod that is over without a termination state of its container. */
    private static PodState over(Pod pod, Optional<ContainerStatus> status) {
        String why = pod.getStatus().getReason() == null ? "" : pod.getStatus().getReason();
        boolean deleted = pod.getMetadata().getDeletionTimestamp() != null;
        boolean started = status.map(PodStateReader::mayHaveStarted).orElseGet(() -> evictedWhileItRan(pod));
        String words = why.isEmpty()
                ? deleted ? "the Pod was evicted or deleted" : "the Pod ended"
                : why + ": " + text(pod.getStatus().getMessage()).strip();
        String message = started ? words + "; how its container ended was not seen" : words;
        if (disruption(pod).filter("DeletionByPodGC"::equals).isPresent()) {
            return new PodState.Lost(Reason.NodeLost, "the Pod's node no longer exists", started);
        }
        if (evicted(pod)) {
            return new PodState.Lost(Reason.PodEvicted, message, started);
        }
        if ("DeadlineExceeded".equals(why)) {
            return new PodState.Lost(Reason.DeadlineExceeded, message, started);
        }
        if (started) {
            return new PodState.Lost(deleted ? Reason.PodEvicted : Reason.OutcomeUnknown, message, true);
        }
        Optional<PodState> unprepared = Preparation.failure(pod);
        if (unprepared.isPresent() && !deleted) {
            return unprepared.get();
        }
        // A kubelet that refuses a Pod at its door (NodeAffinity, OutOfcpu, ...) writes no container status.
        return new PodState.Lost(deleted ? Reason.PodEvicted : Reason.PodRejected, message, false);
    }

    /** Whether the node or the cluster says that it ended the Pod before its time. */
    private static boolean evicted(Pod pod) {
        String why = pod.getStatus().getReason();
        return why != null && NODE_GOES_DOWN.contains(why) || disruption(pod).isPresent();
    }

    /**
     * Whether its end was asked for while the container ran: by a drain, which before 1.26 leaves no other trace, or by
     * a person. Its exit code then tells of the signal, not of its work.
     */
    private static boolean deletedBefore(Pod pod, ContainerStateTerminated terminated) {
        String deletion = pod.getMetadata().getDeletionTimestamp();
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        return deletion != null
                && !Instant.parse(terminated.getFinishedAt())
                        .isBefore(Instant.parse(deletion).minusSeconds(grace == null ? 0 : grace));
    }

    /** Since 1.26: what drains, preemption and the like say of a Pod they end. */
    private static Optional<String> disruption(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "DisruptionTarget".equals(condition.getType()))
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> text(condition.getReason()))
                .findFirst();
    }

    /**
     * Before 1.22 a kubelet that evicts a Pod forgets what it knew of its containers, and only its words tell that from
     * a Pod that it did not let in.
     */
    private static boolean evictedWhileItRan(Pod pod) {
        String message = text(pod.getStatus().getMessage());
        boolean refused = message.startsWith("Pod The node had condition") || message.startsWith("Pod was rejected");
        return NODE_GOES_DOWN.contains(text(pod.getStatus().getReason())) && !refused;
    }

    /** The kubelet writes a container's ID when it has made it, and never takes it back. */
    private static boolean mayHaveStarted(ContainerStatus status) {
        return status.getContainerID() != null && !status.getContainerID().isEmpty();
    }

    private static PodState.Waiting waiting(ContainerStateWaiting waiting, Pod pod) {
        String why = text(waiting.getReason());
        String words = why + ": " + text(waiting.getMessage());
        // The same for every answer of a container runtime, and in the way of what it says.
        String message = Masking.mask(words).replaceAll("rpc error: code = \\w+ desc = ", "");
        return switch (why) {
            case "ErrImagePull",
                    "ImagePullBackOff",
                    "InvalidImageName",
                    "ImageInspectError",
                    "ErrImageNeverPull",
                    "RegistryUnavailable",
                    "SignatureValidationFailed" -> new PodState.Waiting(Reason.ImagePullFailed, message, true);
            case "CreateContainerConfigError",
                    "CreateContainerError",
                    "PreCreateHookError",
                    "PreStartHookError",
                    "RunContainerError" -> new PodState.Waiting(missing(words), message, true);
            default -> new PodState.Waiting(null, null, pod.getSpec().getNodeName() != null);
        };
    }

    /** What the kubelet misses, by its words for it: in a container's status, or in a FailedMount event. */
    public static Reason missing(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("secret \"") || lower.contains("in secret ") || lower.contains("non-existent secret key")) {
            return Reason.SecretNotFound;
        }
        return lower.contains("configmap \"")
                        || lower.contains("in configmap ")
                        || lower.contains("non-existent config key")
                ? Reason.SourceNotFound
                : Reason.ContainerConfigError;
    }

    private static Optional<PodState> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType()))
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(PodCondition::getMessage)
                .<PodState>map(message -> new PodState.Waiting(Reason.Unschedulable, text(message), false))
                .findFirst();
    }

    private static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> Marks.CONTAINER.equals(status.getName()))
                .findFirst();
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }
}
