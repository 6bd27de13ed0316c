package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One Pod's life on the node, from its scheduling to its removal, on a thread of its own. */
final class PodRun implements Runnable {

    private static final String DEADLINE_MESSAGE = "Pod was active on the node longer than the specified deadline";
    private static final String EVICTED_MESSAGE = "The node was low on resource: memory.";

    private final StandInKubelet kubelet;
    private final PodObject object;
    private final Pod pod;
    private final Container container;
    private final PodDirectory directory;
    private final PodStatuses statuses;
    private final PodSignals signals;
    private volatile PodProcess process;

    PodRun(StandInKubelet kubelet, PodObject object, PodDirectory directory) {
        this.kubelet = kubelet;
        this.object = object;
        this.pod = object.pod();
        this.container = pod.getSpec().getContainers().get(0);
        this.directory = directory;
        this.statuses = new PodStatuses(pod, container);
        this.signals = new PodSignals(pod, kubelet::isClosed);
    }

    PodSignals signals() {
        return signals;
    }

    /** Null until the container was started. */
    PodProcess process() {
        return process;
    }

    @Override
    public void run() {
        try {
            live();
        } catch (PodStop gone) {
            // Nobody is left to report to.
        } catch (RuntimeException e) {
            kubelet.failed(pod, e);
        } finally {
            if (process != null) {
                process.kill();
            }
            directory.delete();
        }
    }

    private void live() {
        try {
            schedule();
            start();
            PodStop.Cause cause = process.hasStarted() ? untilExit() : null;
            holdExit();
            report(cause);
        } catch (PodStop stop) {
            endBeforeStart(stop);
        }
        signals.awaitDeletion();
        if (!signals.isGone()) {
            object.remove();
        }
    }

    private void schedule() {
        String message = kubelet.unschedulableMessage();
        if (message != null) {
            object.write(PodStatuses.unschedulable(message));
            signals.await(() -> kubelet.unschedulableMessage() == null);
        }
        object.bind(StandInKubelet.NODE);
        signals.acknowledge();
        object.write(statuses.waiting("ContainerCreating", null));
    }

    /** In a kubelet's order: volumes, image, configuration. */
    private void start() {
        Volumes volumes = new Volumes(object.client(), pod);
        eventually(() -> Mounts.mount(pod, container, volumes, directory));
        ImagePull pull = new ImagePull(kubelet, container);
        eventually(pull::pull);
        ContainerEnvironment stated = new ContainerEnvironment(object.client(), pod);
        eventually(() -> stated.of(container));
        signals.await(() -> !kubelet.isPaused());
        Map<String, String> environment = kubelet.environment(pod, directory, stated.of(container));
        kubelet.countStart(pod);
        process = new PodProcess(container, directory, commandLine(pull.pull()), environment);
        kubelet.serveLog(pod, container, directory);
        if (process.hasStarted()) {
            process.onExit(signals::wake);
            object.write(statuses.running(process.startedAt()));
        }
    }

    private List<String> commandLine(Image image) {
        return image.commandLine(
                container.getCommand().stream().map(directory::rewritten).toList(),
                container.getArgs().stream().map(directory::rewritten).toList());
    }

    /** Tries until nothing is missing any more, and shows what is. */
    private void eventually(Runnable attempt) {
        String shown = "";
        while (true) {
            try {
                attempt.run();
                return;
            } catch (NotYet missing) {
                String now = missing.reason() + missing.getMessage();
                if (!now.equals(shown)) {
                    object.tell(missing.eventReason(), missing.getMessage());
                    object.write(statuses.waiting(missing.reason(), missing.waitingMessage()));
                    shown = now;
                }
                signals.untilNextTry();
            }
        }
    }

    private void endBeforeStart(PodStop stop) {
        switch (stop.why()) {
            case DEADLINE -> object.write(statuses.failed("DeadlineExceeded", DEADLINE_MESSAGE, null));
            case EVICTED -> object.write(statuses.failed("Evicted", EVICTED_MESSAGE, null));
            case GONE -> throw stop;
            case DELETED -> {
                // It goes without having run.
            }
        }
    }

    /** Null when the process ended by itself, else what the node ended it for. */
    private PodStop.Cause untilExit() {
        try {
            signals.await(() -> !process.isAlive());
            return null;
        } catch (PodStop stop) {
            if (stop.why() == PodStop.Cause.GONE) {
                throw stop;
            }
            stopProcess();
            return stop.why();
        }
    }

    private void stopProcess() {
        process.terminate();
        Instant limit = Instant.now().plusSeconds(signals.graceSeconds());
        while (process.isAlive()) {
            if (signals.isGone() || Instant.now().isAfter(limit)) {
                process.kill();
            }
            signals.pauseWhile(process::isAlive);
        }
    }

    private void holdExit() {
        while (kubelet.holdsExits() && !signals.isGone()) {
            signals.pauseWhile(kubelet::holdsExits);
        }
    }

    private void report(PodStop.Cause cause) {
        ContainerStateTerminated terminated = process.terminated();
        if (cause == PodStop.Cause.DEADLINE) {
            object.write(statuses.failed("DeadlineExceeded", DEADLINE_MESSAGE, terminated));
        } else if (cause == PodStop.Cause.EVICTED) {
            object.write(statuses.failed("Evicted", EVICTED_MESSAGE, terminated));
        } else {
            object.write(statuses.ended(terminated));
        }
    }
}
