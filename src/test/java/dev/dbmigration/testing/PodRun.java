package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

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
    private volatile PodProcess init;

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
            for (PodProcess child : new PodProcess[] {init, process}) {
                if (child != null) {
                    child.kill();
                }
            }
            directory.delete();
        }
    }

    private void live() {
        try {
            schedule();
            if (initialize()) {
                start();
                PodStop.Cause cause = process.hasStarted() ? untilExit() : null;
                holdExit();
                report(cause);
            }
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

    /** Runs the init containers one after another; whether each of them succeeded. */
    private boolean initialize() {
        for (Container next : pod.getSpec().getInitContainers()) {
            String name = next.getName();
            init = create(next, directory.ofInit(next), (why, message) -> statuses.initWaiting(name, why, message));
            if (init.hasStarted()) {
                init.onExit(signals::wake);
                object.write(statuses.initRunning(name, init.startedAt()));
                signals.await(() -> !init.isAlive());
            }
            ContainerStateTerminated end = init.terminated();
            object.write(statuses.initEnded(name, end));
            if (end.getExitCode() != 0) {
                return false;
            }
        }
        return true;
    }

    private void start() {
        process = create(container, directory, statuses::waiting);
        if (process.hasStarted()) {
            process.onExit(signals::wake);
            object.write(statuses.running(process.startedAt()));
        }
    }

    /** In a kubelet's order: volumes, image, configuration. */
    private PodProcess create(Container made, PodDirectory files, BiFunction<String, String, PodStatus> waiting) {
        Volumes volumes = new Volumes(object.client(), pod);
        eventually(() -> Mounts.mount(pod, made, volumes, files), waiting);
        ImagePull pull = new ImagePull(kubelet, made);
        eventually(pull::pull, waiting);
        files.unpack(pull.pull());
        ContainerEnvironment stated = new ContainerEnvironment(object.client(), pod);
        eventually(() -> stated.of(made), waiting);
        signals.await(() -> !kubelet.isPaused());
        Map<String, String> environment = kubelet.environment(pod, files, stated.of(made));
        if (made == container) {
            kubelet.countStart(pod);
        }
        PodProcess created = new PodProcess(made, files, commandLine(pull.pull(), made, files), environment);
        kubelet.serveLog(pod, made, files);
        return created;
    }

    private static List<String> commandLine(Image image, Container made, PodDirectory files) {
        return image.commandLine(
                made.getCommand().stream().map(files::rewritten).toList(),
                made.getArgs().stream().map(files::rewritten).toList());
    }

    /** Tries until nothing is missing any more, and shows what is. */
    private void eventually(Runnable attempt, BiFunction<String, String, PodStatus> waiting) {
        String shown = "";
        while (true) {
            try {
                attempt.run();
                return;
            } catch (NotYet missing) {
                String now = missing.reason() + missing.getMessage();
                if (!now.equals(shown)) {
                    object.tell(missing.eventReason(), missing.getMessage());
                    object.write(waiting.apply(missing.reason(), missing.waitingMessage()));
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
