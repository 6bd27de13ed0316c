package dev.dbmigration.reconcile;

import dev.dbmigration.api.v1alpha1.RunningStatus;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.kube.Cluster;
import dev.dbmigration.kube.EventRecorder;
import dev.dbmigration.kube.StatusRefused;
import dev.dbmigration.kube.StatusWriter;
import dev.dbmigration.pod.Owner;
import dev.dbmigration.reconcile.Deeds.Deed;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Decider;
import dev.dbmigration.run.Decision;
import dev.dbmigration.run.Observation;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observe, decide, record, act: the same for every kind whose resources run attempts. What was decided is written into
 * the status first, and the deed follows only if that write met the resource unchanged.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public final class RunReconciler<R extends CustomResource<?, S>, S extends RunningStatus> {

    private static final Logger log = LoggerFactory.getLogger(RunReconciler.class);

    private final Class<R> type;
    private final Subject<R, S> subject;
    private final Cluster cluster;
    private final Deeds deeds;
    private final StatusWriter statuses;
    private final EventRecorder events;
    private final RunMetrics metrics;
    private final Clock clock;
    private Observer<R, S> observer;

    public RunReconciler(Class<R> type, Subject<R, S> subject, Tools tools) {
        this.type = type;
        this.subject = subject;
        this.cluster = new Cluster(tools.client());
        this.deeds = new Deeds(cluster);
        this.statuses = new StatusWriter(tools.client());
        this.events = new EventRecorder(tools.client(), tools.clock());
        this.metrics = tools.metrics();
        this.clock = tools.clock();
    }

    /** The watch on this kind's Pods; to be registered before the first reconciliation. */
    public EventSource<?, R> attempts(EventSourceContext<R> context) {
        AttemptPods<R> pods = new AttemptPods<>(type, subject.blank().getKind(), context, clock);
        observer = new Observer<>(subject, cluster, clock, pods);
        return pods;
    }

    public UpdateControl<R> reconcile(R resource, Context<R> context) {
        if (resource.isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        S status = resource.getStatus();
        try (RunInLog logged = new RunInLog(status == null ? null : status.run())) {
            Observation seen = observer.observe(resource, context);
            Decided decided = Decider.decide(seen);
            logged.now(decided.decision().run());
            return record(resource, decided, context)
                    .map(current -> act(current, decided, seen, context))
                    .orElseGet(() -> again(Schedule.SOON));
        }
    }

    private UpdateControl<R> act(R current, Decided decided, Observation seen, Context<R> context) {
        Deed deed = deed(current, decided.decision(), seen);
        if (deed instanceof Deed.Corrected corrected) {
            Decided correction = new Decided(corrected.decision(), decided.generation(), decided.answered());
            return record(current, correction, context)
                    .map(next -> this.again(Schedule.after(corrected.decision(), seen)))
                    .orElseGet(() -> again(Schedule.SOON));
        }
        Decision decision = decided.decision();
        boolean settled = decision instanceof Decision.Rest || decision instanceof Decision.Finish;
        if (settled && decided.generation() == seen.generation()) {
            subject.follow(current, context);
        }
        return again(deed instanceof Deed.Stale ? Schedule.SOON : Schedule.after(decision, seen));
    }

    private Deed deed(R current, Decision decision, Observation seen) {
        Owner owner = Owner.of(current);
        if (decision instanceof Decision.Start start) {
            return deeds.start(owner, start, seen.now());
        }
        if (decision instanceof Decision.Withdraw withdraw) {
            return deeds.withdraw(owner, withdraw.attempt());
        }
        if (decision instanceof Decision.Rest && current.getStatus() != null) {
            deeds.tidy(
                    owner,
                    seen.attempts(),
                    subject.keptRuns(current.getStatus()),
                    subject.keptSnapshots(current.getStatus()),
                    seen.now());
        }
        return new Deed.Done();
    }

    /** Writes the status that follows from a decision if it differs; empty: the resource had changed meanwhile. */
    private Optional<R> record(R resource, Decided decided, Context<R> context) {
        S before = resource.getStatus();
        S after = subject.status(resource, decided, context);
        if (after == null || after.equals(before)) {
            metrics.observe(resource);
            return Optional.of(resource);
        }
        Optional<R> written = write(resource, after, context);
        written.ifPresent(current -> {
            subject.announcements(before, after).forEach(news -> announce(resource, news));
            metrics.observe(current);
            if (decided.decision() instanceof Decision.Finish finish) {
                metrics.ended(current, finish.run());
            }
        });
        return written;
    }

    /** One line for each transition, beside its event, which is gone after an hour. */
    private void announce(R resource, Announcement news) {
        log.info("{}: {}", news.reason(), news.message());
        metrics.announced(resource, news.reason());
        events.record(resource, news);
    }

    /** What is refused is tried again for ever, so that a corrected definition is enough, and told at the first try. */
    private Optional<R> write(R resource, S status, Context<R> context) {
        try {
            return statuses.replace(resource, subject.blank(), status);
        } catch (StatusRefused e) {
            if (context.getRetryInfo().isEmpty()) {
                String message = "the API server does not take the status, and nothing goes on until it does;"
                        + " install the definitions of this operator's release: " + e.getMessage();
                announce(resource, Announcement.warning("Blocked", message));
            }
            throw e;
        }
    }

    private UpdateControl<R> again(Duration delay) {
        return delay == null
                ? UpdateControl.noUpdate()
                : UpdateControl.<R>noUpdate().rescheduleAfter(delay.toMillis());
    }
}
