package dev.dbmigration.reconcile;

import dev.dbmigration.pod.Marks;
import dev.dbmigration.pod.PodStateReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Watches the Pods of one kind of resource, and remembers of those that are gone whether the last state seen proves
 * that their container never started. What it does not remember counts as started.
 */
final class AttemptPods<R extends HasMetadata> extends InformerEventSource<Pod, R> {

    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<ResourceID, Boolean> neverStarted = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    AttemptPods(Class<R> primary, String kind, EventSourceContext<R> context, Clock clock) {
        super(
                InformerEventSourceConfiguration.from(Pod.class, primary)
                        .withName("attempts")
                        .withLabelSelector(Marks.KIND + "=" + kind)
                        .withNamespacesInheritedFromController()
                        .build(),
                context);
        this.clock = clock;
    }

    @Override
    public void onDelete(Pod pod, boolean deletedFinalStateUnknown) {
        if (!deletedFinalStateUnknown) {
            neverStarted.put(
                    ResourceID.fromResource(pod),
                    PodStateReader.read(pod, clock.instant()).neverStarted());
        }
        super.onDelete(pod, deletedFinalStateUnknown);
    }

    boolean neverStarted(String namespace, String pod) {
        return neverStarted.getOrDefault(new ResourceID(pod, namespace), false);
    }
}
