package dev.dbmigration.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the primary resources that name an object of their namespace, by an index of the primary cache. */
public final class References<R extends HasMetadata> {

    private final IndexedResourceCache<R> primaries;
    private final String index;

    private References(IndexedResourceCache<R> primaries, String index) {
        this.primaries = primaries;
        this.index = index;
    }

    /** Indexes the primary resources by the names they refer to. */
    public static <R extends HasMetadata> References<R> index(
            EventSourceContext<R> context, String index, Function<R, Collection<String>> names) {
        context.getPrimaryCache()
                .addIndexer(
                        index,
                        primary -> names.apply(primary).stream()
                                .map(name -> key(primary.getMetadata().getNamespace(), name))
                                .toList());
        return new References<>(context.getPrimaryCache(), index);
    }

    /** The primary resources that refer to an object. */
    public Set<ResourceID> to(HasMetadata object) {
        String key =
                key(object.getMetadata().getNamespace(), object.getMetadata().getName());
        return primaries.byIndex(index, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** The identities of objects that a primary resource refers to by name. */
    public static Set<ResourceID> of(HasMetadata primary, List<String> names) {
        return names.stream()
                .map(name -> new ResourceID(name, primary.getMetadata().getNamespace()))
                .collect(Collectors.toSet());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
