package dev.dbmigration.e2e;

import static org.awaitility.Awaitility.await;

import dev.dbmigration.testing.Database;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Creates one or many of a contender, and notes when watches show how far each has come. */
final class Race<T extends HasMetadata> implements AutoCloseable {

    /** How far one has come; the time from one to the next is what the name says. */
    enum Step {
        /** Created by the caller. */
        APPLIED,
        /** Somebody has made a Pod for it. */
        POD,
        /** The Pod's containers have ended. */
        ENDED,
        /** The resource tells its good end. */
        DONE
    }

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final KubernetesClient client;
    private final Contender<T> contender;
    private final String namespace;
    private final Database database;
    private final Map<String, Map<Step, Long>> seen = new ConcurrentHashMap<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final List<SharedIndexInformer<?>> watches;

    Race(Site site, Contender<T> contender) throws IOException {
        this.client = site.client;
        this.contender = contender;
        this.namespace = site.users;
        this.database = site.database();
        watches = List.of(
                client.resources(contender.kind()).inNamespace(namespace).inform(each(this::resource)),
                client.pods()
                        .inNamespace(namespace)
                        .withLabel(contender.podLabel())
                        .inform(each(this::pod)));
    }

    /** Creates so many at once and waits until each step of all has been seen, by whichever watch is the last; the seconds that each took from step to step. */
    List<Map<Step, Double>> run(String prefix, int count) {
        List<String> names =
                IntStream.range(0, count).mapToObj(n -> prefix + "-" + n).toList();
        for (String name : names) {
            T resource = contender.named(name, namespace, database);
            note(name, Step.APPLIED);
            client.resource(resource).create();
        }
        await(prefix).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> allDone(names));
        return names.stream().map(this::seconds).toList();
    }

    private boolean allDone(List<String> names) {
        if (!failed.isEmpty()) {
            throw new IllegalStateException("not done: " + failed);
        }
        return names.stream().allMatch(name -> seen.get(name).size() == Step.values().length);
    }

    /** Since it was applied. */
    private Map<Step, Double> seconds(String name) {
        Map<Step, Double> seconds = new EnumMap<>(Step.class);
        Map<Step, Long> times = seen.get(name);
        times.forEach((step, time) -> seconds.put(step, (time - times.get(Step.APPLIED)) / 1e9));
        return seconds;
    }

    /** Seconds from the first creation to the last end, of all that began with this prefix. */
    double seconds(String prefix, Step from, Step to) {
        var of = seen.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix + "-"))
                .map(Map.Entry::getValue)
                .toList();
        long first = of.stream().mapToLong(times -> times.get(from)).min().orElseThrow();
        long last = of.stream().mapToLong(times -> times.get(to)).max().orElseThrow();
        return (last - first) / 1e9;
    }

    private void resource(T resource) {
        String name = resource.getMetadata().getName();
        if (contender.done().test(resource)) {
            note(name, Step.DONE);
        } else if (contender.failed().test(resource)) {
            failed.add(name);
        }
    }

    private void pod(Pod pod) {
        String name = pod.getMetadata().getLabels().get(contender.podLabel());
        note(name, Step.POD);
        List<ContainerStatus> containers = pod.getStatus().getContainerStatuses();
        if (!containers.isEmpty()
                && containers.stream().allMatch(each -> each.getState().getTerminated() != null)) {
            note(name, Step.ENDED);
        }
    }

    private void note(String name, Step step) {
        seen.computeIfAbsent(name, any -> new ConcurrentHashMap<>()).putIfAbsent(step, System.nanoTime());
    }

    private static <R> ResourceEventHandler<R> each(Consumer<R> consumer) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(R added) {
                consumer.accept(added);
            }

            @Override
            public void onUpdate(R before, R after) {
                consumer.accept(after);
            }

            @Override
            public void onDelete(R last, boolean unknown) {
                // How far it came has been noted.
            }
        };
    }

    @Override
    public void close() {
        watches.forEach(SharedIndexInformer::stop);
    }
}
