package dev.dbmigration.e2e.failure;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes of containers, found on this machine, which is the node, by their control groups. */
public final class Containers {

    private Containers() {}

    /** Kills all processes of a Pod's container; whether there were any. */
    public static boolean kill(Pod pod) {
        return processes(pod).map(ProcessHandle::destroyForcibly).reduce(false, Boolean::logicalOr);
    }

    /** All processes of a Pod's containers. */
    public static Stream<ProcessHandle> processes(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getContainerID)
                .filter(id -> id != null && id.contains("://"))
                .map(id -> id.substring(id.indexOf("://") + 3))
                .flatMap(id -> processes(id).stream());
    }

    private static List<ProcessHandle> processes(String container) {
        return ProcessHandle.allProcesses()
                .filter(process -> controlGroup(process.pid()).contains(container))
                .toList();
    }

    private static String controlGroup(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"));
        } catch (IOException e) {
            // It has ended meanwhile.
            return "";
        }
    }
}
