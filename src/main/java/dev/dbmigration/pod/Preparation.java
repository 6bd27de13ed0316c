package dev.dbmigration.pod;

import dev.dbmigration.report.Masking;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the init containers of a Pod tell of it: ours, which copy folders of images, and injected ones. */
final class Preparation {

    private Preparation() {}

    /** What keeps any of them. */
    static Stream<ContainerStateWaiting> waiting(Pod pod) {
        return pod.getStatus().getInitContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(ContainerState::getWaiting)
                .filter(Objects::nonNull);
    }

    /** How the attempt ended where one of them failed; then the migration's container never starts. */
    static Optional<PodState> failure(Pod pod) {
        return pod.getStatus().getInitContainerStatuses().stream()
                .filter(Preparation::failed)
                .findFirst()
                .map(Preparation::failure);
    }

    private static boolean failed(ContainerStatus status) {
        return status.getState() != null
                && status.getState().getTerminated() != null
                && !Integer.valueOf(0).equals(status.getState().getTerminated().getExitCode());
    }

    /** With a report of ours it failed for good, as a run does; without one, another Pod may fare better. */
    private static PodState failure(ContainerStatus status) {
        ContainerStateTerminated end = status.getState().getTerminated();
        boolean ours = status.getName().startsWith(ImageSources.FOLDER) && end.getFinishedAt() != null;
        if (ours && TerminationMessage.decode(end.getMessage()).isPresent()) {
            return new PodState.Ended(
                    end.getExitCode(),
                    end.getReason(),
                    null,
                    end.getMessage(),
                    status.getImageID(),
                    Instant.parse(end.getFinishedAt()));
        }
        String words = end.getMessage() == null
                ? "its log says why"
                : Masking.mask(end.getMessage().strip());
        return new PodState.Lost(
                Reason.ContainerConfigError,
                "init container " + status.getName() + " ended with exit code " + end.getExitCode()
                        + (end.getReason() == null || "Error".equals(end.getReason())
                                ? ""
                                : " (" + end.getReason() + ")")
                        + ": " + words,
                false);
    }
}
