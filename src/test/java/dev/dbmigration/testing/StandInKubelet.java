package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scheduler and node of an {@link ApiServer}: runs the init containers of every Pod and then its first container, once
 * each, as real child processes, and writes the Pod's status as a kubelet does.
 *
 * <p>It has no mount namespaces (see {@link PodDirectory} on paths), no users, no limits, no network of its own, no sidecars, no probes and no restarts: every Pod is run as with {@code restartPolicy: Never}.
 */
public final class StandInKubelet implements AutoCloseable {

    static final String NODE = "stand-in";

    private final ApiServer api;
    private final KubernetesClient client;
    private final Path home;
    private final Map<String, Image> images = new ConcurrentHashMap<>();
    private final Map<String, String> overrides = new ConcurrentHashMap<>();
    private final Map<String, PodRun> runs = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> starts = new ConcurrentHashMap<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stand-in-kubelet");
        thread.setDaemon(true);
        return thread;
    });
    private final SharedIndexInformer<Pod> informer;
    private volatile boolean paused;
    private volatile boolean holdsExits;
    private volatile boolean closed;
    private volatile String unschedulable;

    /** Starts a node with these images. */
    public StandInKubelet(ApiServer api, Map<String, Image> images) {
        this.api = api;
        this.client = api.client("kubelet");
        this.images.putAll(images);
        try {
            this.home = Files.createTempDirectory("stand-in-kubelet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.informer = client.pods().inAnyNamespace().inform(new Pods());
    }

    private final class Pods implements ResourceEventHandler<Pod> {

        @Override
        public void onAdd(Pod pod) {
            runs.computeIfAbsent(pod.getMetadata().getUid(), uid -> begin(pod));
        }

        @Override
        public void onUpdate(Pod old, Pod pod) {
            onAdd(pod);
            runs.get(pod.getMetadata().getUid()).signals().observed(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            PodRun run = runs.get(pod.getMetadata().getUid());
            if (run != null) {
                run.signals().impose(PodStop.Cause.GONE);
            }
        }
    }

    private PodRun begin(Pod pod) {
        PodDirectory directory = new PodDirectory(
                home.resolve(pod.getMetadata().getUid()),
                pod.getSpec().getContainers().get(0));
        PodRun run = new PodRun(this, new PodObject(client, pod), directory);
        threads.execute(run);
        return run;
    }

    /** From now on Pods with this image can start, those that wait for it too. */
    public void addImage(String name, Image image) {
        images.put(name, image);
        wakeAll();
    }

    /** A variable that every container started from now on gets, whatever its Pod says. */
    public void override(String name, String value) {
        overrides.put(name, value);
    }

    /** No container is started until {@link #resume}; Pods stay in ContainerCreating. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
        wakeAll();
    }

    /** Containers that end are still shown as running until {@link #releaseExits}. */
    public void holdExits() {
        holdsExits = true;
    }

    public void releaseExits() {
        holdsExits = false;
        wakeAll();
    }

    /** While true, new Pods find no node. */
    public void markUnschedulable(boolean full) {
        unschedulable = full ? "0/1 nodes are available: 1 Insufficient memory." : null;
        wakeAll();
    }

    /** The node of this Pod loses power: its process dies and nothing is ever reported of it again. */
    public void loseNode(Pod pod) {
        run(pod).signals().impose(PodStop.Cause.GONE);
    }

    /** Ends the Pod as under memory pressure: SIGTERM, then phase Failed with the reason Evicted. */
    public void evict(Pod pod) {
        run(pod).signals().impose(PodStop.Cause.EVICTED);
    }

    /** SIGKILL from outside the kubelet. */
    public void killContainer(Pod pod) {
        run(pod).process().kill();
    }

    public void oomKill(Pod pod) {
        run(pod).process().killOutOfMemory();
    }

    /** Removes Pod and process without a last word, as a forced deletion does. */
    public void vanish(Pod pod) {
        client.resource(pod).withGracePeriod(0).delete();
        run(pod).signals().impose(PodStop.Cause.GONE);
    }

    /** How often a container of a Pod of this name was started, over all Pods that ever had it. */
    public int starts(String podName) {
        AtomicInteger count = starts.get(podName);
        return count == null ? 0 : count.get();
    }

    /** The children that live now. */
    public List<ProcessHandle> processes() {
        return runs.values().stream()
                .map(PodRun::process)
                .filter(process -> process != null && process.isAlive())
                .map(process -> process.process().toHandle())
                .toList();
    }

    /** What went wrong in the kubelet itself; a test asserts that it is empty. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    private PodRun run(Pod pod) {
        return runs.get(pod.getMetadata().getUid());
    }

    private void wakeAll() {
        runs.values().forEach(run -> run.signals().wake());
    }

    boolean isPaused() {
        return paused;
    }

    boolean holdsExits() {
        return holdsExits;
    }

    boolean isClosed() {
        return closed;
    }

    String unschedulableMessage() {
        return unschedulable;
    }

    Image image(String name) {
        return images.get(name);
    }

    void countStart(Pod pod) {
        starts.computeIfAbsent(pod.getMetadata().getName(), name -> new AtomicInteger())
                .incrementAndGet();
    }

    void serveLog(Pod pod, Container container, PodDirectory directory) {
        api.setLogs(
                pod.getMetadata().getNamespace(), pod.getMetadata().getName(), container.getName(), directory::logText);
    }

    void failed(Pod pod, Throwable problem) {
        if (!closed) {
            failures.add(new IllegalStateException("pod " + pod.getMetadata().getName(), problem));
        }
    }

    /** The little that every container has, what the Pod states, and what the test overrides. */
    Map<String, String> environment(Pod pod, PodDirectory directory, Map<String, String> stated) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOME", directory.at("/").toString());
        environment.put("TMPDIR", directory.at("/tmp").toString());
        environment.put("HOSTNAME", pod.getMetadata().getName());
        stated.forEach((name, value) -> environment.put(name, directory.rewritten(value)));
        environment.putAll(overrides);
        return environment;
    }

    /** Kills its children and removes its files. Close it before its {@link ApiServer}. */
    @Override
    public void close() {
        closed = true;
        informer.close();
        wakeAll();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("pods still run: " + processes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        PodDirectory.delete(home);
    }
}
