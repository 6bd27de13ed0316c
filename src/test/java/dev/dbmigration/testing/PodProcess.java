package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The child process that stands for a container. */
final class PodProcess {

    private static final int START_ERROR = 128;

    private final Container container;
    private final PodDirectory directory;
    private final String startedAt = PodStatuses.now();
    private final Process process;
    private final String startError;
    private volatile boolean outOfMemory;

    PodProcess(Container container, PodDirectory directory, List<String> commandLine, Map<String, String> environment) {
        this.container = container;
        this.directory = directory;
        ProcessBuilder builder = new ProcessBuilder(commandLine)
                .directory(workingDirectory(container, directory).toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.log().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process started = null;
        String error = null;
        try {
            started = builder.start();
            started.getOutputStream().close();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            error = "failed to create containerd task: failed to start container process: " + e.getMessage();
        }
        this.process = started;
        this.startError = error;
    }

    private static Path workingDirectory(Container container, PodDirectory directory) {
        String path = container.getWorkingDir();
        try {
            return Files.createDirectories(directory.at(path == null ? "/" : path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasStarted() {
        return process != null;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    Process process() {
        return process;
    }

    String startedAt() {
        return startedAt;
    }

    void onExit(Runnable code) {
        process.onExit().thenRun(code);
    }

    /** SIGTERM to the container's first process, as a kubelet sends it; what it leaves behind dies with it. */
    void terminate() {
        killOnceEnded(process.descendants().toList());
        process.destroy();
    }

    /** SIGKILL to all of the container. */
    void kill() {
        if (isAlive()) {
            List<ProcessHandle> descendants = process.descendants().toList();
            process.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** A container ends with its first process; a child process that ends merely leaves its children to others. */
    private void killOnceEnded(List<ProcessHandle> descendants) {
        process.onExit().thenRun(() -> descendants.forEach(ProcessHandle::destroyForcibly));
    }

    void killOutOfMemory() {
        outOfMemory = true;
        kill();
    }

    /** How it ended; only once it is no longer alive. */
    ContainerStateTerminated terminated() {
        int exitCode = process == null ? START_ERROR : process.exitValue();
        String message = process == null ? startError : directory.terminationMessage(container, exitCode);
        return new ContainerStateTerminatedBuilder()
                .withExitCode(exitCode)
                .withReason(reason(exitCode))
                .withMessage(message.isEmpty() ? null : message)
                .withStartedAt(startedAt)
                .withFinishedAt(PodStatuses.now())
                .build();
    }

    private String reason(int exitCode) {
        if (process == null) {
            return "StartError";
        }
        return outOfMemory ? "OOMKilled" : exitCode == 0 ? "Completed" : "Error";
    }
}
