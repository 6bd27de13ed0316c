package dev.dbmigration.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Series that carry a resource's name, and that go when the resource goes. */
final class ResourceSeries {

    private record Key(String kind, String namespace, String name) {

        static Key of(HasMetadata resource) {
            return new Key(
                    resource.getKind(),
                    resource.getMetadata().getNamespace(),
                    resource.getMetadata().getName());
        }

        Tags tags() {
            return Tags.of("kind", kind, "namespace", namespace, "name", name);
        }
    }

    /** A value that can be set, and the meter that shows it. */
    private record Shown(Meter meter, AtomicLong value) {}

    private final MeterRegistry registry;
    private final Map<Key, Map<String, Shown>> resources = new ConcurrentHashMap<>();

    ResourceSeries(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Sets a gauge of a resource. */
    void set(HasMetadata resource, Family family, Tags tags, long value) {
        Key key = Key.of(resource);
        of(key).computeIfAbsent(family.meter + tags, any -> {
                    AtomicLong shown = new AtomicLong();
                    Gauge gauge = Gauge.builder(family.meter, shown, AtomicLong::doubleValue)
                            .description(family.help)
                            .tags(key.tags().and(tags))
                            .register(registry);
                    return new Shown(gauge, shown);
                })
                .value()
                .set(value);
    }

    /** A counter of a resource, made where there is none yet. */
    Counter counter(HasMetadata resource, Family family, Tags tags) {
        Key key = Key.of(resource);
        Counter counter = Counter.builder(family.meter)
                .description(family.help)
                .tags(key.tags().and(tags))
                .register(registry);
        of(key).putIfAbsent(family.meter + tags, new Shown(counter, new AtomicLong()));
        return counter;
    }

    void remove(String kind, String namespace, String name) {
        Map<String, Shown> gone = resources.remove(new Key(kind, namespace, name));
        if (gone != null) {
            gone.values().forEach(shown -> registry.remove(shown.meter()));
        }
    }

    private Map<String, Shown> of(Key key) {
        return resources.computeIfAbsent(key, any -> new ConcurrentHashMap<>());
    }
}
