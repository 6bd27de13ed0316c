package dev.dbmigration.kube;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happened to a resource where {@code kubectl describe} shows it. An event that is refused is only logged. */
public final class EventRecorder {

    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
    private static final String COMPONENT = "dbmigration-operator";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_MESSAGE = 1024;

    private static final AtomicLong LAST = new AtomicLong();

    private final KubernetesClient client;
    private final Clock clock;

    public EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    public void record(HasMetadata regarding, Announcement announcement) {
        try {
            client.resource(event(regarding, announcement)).create();
        } catch (KubernetesClientException e) {
            log.warn("event {} was not recorded: {}", announcement.reason(), e.getMessage());
        }
    }

    /** A number for a name of its own, by which events also sort in the order in which they were recorded. */
    private long next() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return LAST.updateAndGet(last -> Math.max(last + 1, micros));
    }

    private Event event(HasMetadata regarding, Announcement announcement) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String name = regarding.getMetadata().getName();
        String message = announcement.message();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(regarding.getMetadata().getNamespace())
                .withName((name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME))
                                .replaceAll("[^a-z0-9]+$", "")
                        + "."
                        + Long.toHexString(next()))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(regarding.getApiVersion())
                .withKind(regarding.getKind())
                .withNamespace(regarding.getMetadata().getNamespace())
                .withName(name)
                .withUid(regarding.getMetadata().getUid())
                .endInvolvedObject()
                .withType(announcement.warning() ? "Warning" : "Normal")
                .withReason(announcement.reason())
                .withMessage(
                        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource(COMPONENT, null)
                .withReportingComponent(COMPONENT)
                .build();
    }
}
