package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One Pod's life on the node, from its scheduling to its removal, on a thread of its own. */
final class PodRun implements Runnable {

    private static final long POLL_MILLIS = 200;
    private static final String DEADLINE_MESSAGE = "Pod was active on the node longer than the specified deadline";
    private static final String EVICTED_MESSAGE = "The node was low on resource: memory.";

    private final StandInKubelet kubelet;
    private final PodObject object;
    private final Container container;
    private final PodDirectory directory;
    private final PodStatuses statuses;
    private final Instant seen = Instant.now();
    private Pod latest;
    private PodStop.Cause imposed;
    private volatile PodProcess process;

    PodRun(StandInKubelet kubelet, PodObject object, PodDirectory directory) {
        this.kubelet = kubelet;
        this.object = object;
        this.latest = object.pod();
        this.container = latest.getSpec().getContainers().get(0);
        this.directory = directory;
        this.statuses = new PodStatuses(latest, container);
    }

    Pod pod() {
        return object.pod();
    }

    PodProcess process() {
        return process;
    }

    synchronized void observed(Pod newer) {
        latest = newer;
        notifyAll();
    }

    /** Ends the run from outside: the object or the node is gone, or the node evicts the Pod. */
    synchronized void impose(PodStop.Cause cause) {
        imposed = cause;
        notifyAll();
    }

    synchronized void wake() {
        notifyAll();
    }

    @Override
    public void run() {
        try {
            live();
        } catch (PodStop gone) {
            killWhatIsLeft();
        } catch (RuntimeException e) {
            killWhatIsLeft();
            kubelet.failed(object.pod(), e);
        } finally {
            directory.delete();
        }
    }

    private void live() {
        try {
            schedule();
            start();
        } catch (PodStop stop) {
            endBeforeStart(stop.why());
            return;
        }
        PodStop.Cause cause = process.hasStarted() ? untilExit() : null;
        holdExit();
        report(cause);
        awaitRemoval();
    }

    private void schedule() {
        if (kubelet.unschedulableMessage() != null) {
            object.write(PodStatuses.unschedulable(kubelet.unschedulableMessage()));
            await(() -> kubelet.unschedulableMessage() == null);
        }
        object.bind(StandInKubelet.NODE);
        object.write(statuses.waiting("ContainerCreating", null));
    }

    /** In a kubelet's order: volumes, image, configuration. */
    private void start() {
        Pod pod = object.pod();
        eventually(() -> Mounts.mount(pod, container, new Volumes(object.client(), pod), directory));
        Image[] image = new Image[1];
        ImagePull pull = new ImagePull(kubelet, container);
        eventually(() -> image[0] = pull.pull());
        ContainerEnvironment stated = new ContainerEnvironment(object.client(), pod);
        eventually(() -> stated.of(container));
        await(() -> !kubelet.isPaused());
        Map<String, String> environment = kubelet.environment(pod, directory, stated.of(container));
        var line = image[0].commandLine(
                container.getCommand().stream().map(directory::rewritten).toList(),
                container.getArgs().stream().map(directory::rewritten).toList());
        kubelet.countStart(pod);
        process = new PodProcess(container, directory, line, environment);
        kubelet.serveLog(pod, container, directory);
        if (process.hasStarted()) {
            process.onExit(this::wake);
            object.write(statuses.running(process.startedAt()));
        }
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
                pause();
            }
        }
    }

    private void endBeforeStart(PodStop.Cause cause) {
        switch (cause) {
            case DEADLINE -> object.write(statuses.failed("DeadlineExceeded", DEADLINE_MESSAGE, null));
            case EVICTED -> object.write(statuses.failed("Evicted", EVICTED_MESSAGE, null));
            default -> {
                // deleted, or gone already: nothing is left to say
            }
        }
        awaitRemoval();
    }

    /** Null when the process ended by itself, else what the node ended it for. */
    private PodStop.Cause untilExit() {
        try {
            await(() -> !process.isAlive());
            return null;
        } catch (PodStop stop) {
            if (stop.why() == PodStop.Cause.GONE) {
                throw stop;
            }
            process.terminate();
            Instant limit = Instant.now().plusSeconds(grace());
            while (process.isAlive()) {
                if (cause() == PodStop.Cause.GONE || Instant.now().isAfter(limit)) {
                    process.kill();
                }
                pauseWhile(process::isAlive);
            }
            return stop.why();
        }
    }

    private synchronized long grace() {
        Long deletion = latest.getMetadata().getDeletionGracePeriodSeconds();
        Long own = latest.getSpec().getTerminationGracePeriodSeconds();
        return deletion != null ? deletion : own != null ? own : 30;
    }

    private void holdExit() {
        while (kubelet.holdsExits() && cause() != PodStop.Cause.GONE) {
            pauseWhile(kubelet::holdsExits);
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

    /** A Pod that has ended is kept, and costs nothing, until somebody deletes it. */
    private void awaitRemoval() {
        synchronized (this) {
            while (cause() != PodStop.Cause.GONE && latest.getMetadata().getDeletionTimestamp() == null) {
                waitAtMost(0);
            }
        }
        if (cause() != PodStop.Cause.GONE) {
            object.remove();
        }
    }

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            stopIfNeeded();
            pauseWhile(() -> !condition.getAsBoolean());
        }
        stopIfNeeded();
    }

    private void pause() {
        stopIfNeeded();
        pauseWhile(() -> true);
        stopIfNeeded();
    }

    private void stopIfNeeded() {
        PodStop.Cause cause = cause();
        if (cause != null) {
            throw new PodStop(cause);
        }
    }

    private synchronized PodStop.Cause cause() {
        if (imposed == PodStop.Cause.GONE || kubelet.isClosed()) {
            return PodStop.Cause.GONE;
        }
        if (latest.getMetadata().getDeletionTimestamp() != null) {
            return PodStop.Cause.DELETED;
        }
        Long deadline = latest.getSpec().getActiveDeadlineSeconds();
        boolean late = deadline != null && Duration.between(seen, Instant.now()).toSeconds() >= deadline;
        return imposed != null ? imposed : late ? PodStop.Cause.DEADLINE : null;
    }

    /** Until something happens, or it is time to look again. */
    private synchronized void pauseWhile(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            waitAtMost(POLL_MILLIS);
        }
    }

    private synchronized void waitAtMost(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            throw new PodStop(PodStop.Cause.GONE);
        }
    }

    private void killWhatIsLeft() {
        if (process != null) {
            process.kill();
        }
    }
}
