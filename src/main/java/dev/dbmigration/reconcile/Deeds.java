package dev.dbmigration.reconcile;

import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Cluster;
import dev.dbmigration.kube.Creation;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.Inlined;
import dev.dbmigration.pod.Marks;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.pod.Outcome.Verdict;
import dev.dbmigration.pod.Owner;
import dev.dbmigration.report.Reason;
import dev.dbmigration.run.Advice;
import dev.dbmigration.run.Decision;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What follows a decision in the cluster. Each deed may be done twice, or be cut short anywhere, without harm. */
final class Deeds {

    /** How long an injected sidecar may outlive the container whose report has been read. */
    static final Duration SIDECAR_PATIENCE = Duration.ofMinutes(5);

    /** How a deed went. */
    sealed interface Deed {

        record Done() implements Deed {}

        /** The caches are behind; look again. */
        record Stale() implements Deed {}

        /** The API server said something that decides anew. */
        record Corrected(Decision decision) implements Deed {}
    }

    private final Cluster cluster;

    Deeds(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Snapshots first, then the Pod that refers to them. */
    Deed start(Owner owner, Decision.Start start, Instant now) {
        for (ConfigMap snapshot : start.template().snapshots(start.run().number())) {
            Deed deed = made(owner, snapshot, start.run(), now);
            // A snapshot's name holds the digest of its content, so one of ours is the same one.
            if (deed instanceof Deed.Corrected) {
                return deed;
            }
        }
        RunStatus run = start.run();
        return made(
                owner, start.template().pod(run.number(), run.attempt(), run.startTime(), start.request()), run, now);
    }

    private Deed made(Owner owner, HasMetadata object, RunStatus run, Instant now) {
        Creation creation = cluster.create(object);
        if (creation instanceof Creation.Taken taken) {
            return owner.controls(taken.by())
                    ? new Deed.Stale()
                    : corrected(
                            run,
                            Reason.NameConflict,
                            object.getKind() + " " + object.getMetadata().getName()
                                    + " belongs to somebody else; delete or rename it, then ask for a new run",
                            now);
        }
        if (creation instanceof Creation.Refused refused) {
            return new Deed.Corrected(new Decision.Await(run.toBuilder()
                    .attempt(run.attempt() - 1, null)
                    .because(
                            Reason.PodRejected.name(),
                            Advice.on(Reason.PodRejected, Inlined.hide(object, refused.message())))
                    .build()));
        }
        if (creation instanceof Creation.Invalid invalid) {
            return corrected(
                    run,
                    Reason.InvalidSpec,
                    Inlined.hide(object, invalid.message()) + "; correct the spec, and the edit starts a run",
                    now);
        }
        return new Deed.Done();
    }

    private static Deed corrected(RunStatus run, Reason reason, String message, Instant now) {
        Outcome outcome = Outcome.unreported(Verdict.FAILED, reason, message);
        RunStatus none = run.toBuilder().attempt(run.attempt() - 1, null).build();
        return new Deed.Corrected(Decision.Finish.of(none, outcome, now));
    }

    /** Deletes a Pod whose container has not started, only if that is still so. */
    Deed withdraw(Owner owner, Attempt attempt) {
        return attempt.deleting()
                        || cluster.deleteUnchanged(owner.namespace(), attempt.pod(), attempt.resourceVersion())
                ? new Deed.Done()
                : new Deed.Stale();
    }

    /** Deletes Pods and snapshots that nothing refers to any more, never a Pod whose container runs. */
    void tidy(Owner owner, List<Attempt> attempts, Set<Integer> keptRuns, Set<Integer> keptSnapshots, Instant now) {
        Set<String> referred = new HashSet<>();
        boolean deleted = false;
        for (Attempt attempt : attempts) {
            if (removable(attempt, keptRuns, now)) {
                deleted |= cluster.deleteUnchanged(owner.namespace(), attempt.pod(), attempt.resourceVersion());
            } else {
                referred.addAll(attempt.snapshots());
            }
        }
        if (deleted) {
            cluster.configMaps(owner.namespace(), Map.of(Marks.KIND, owner.kind())).stream()
                    .filter(owner::controls)
                    .filter(map -> !referred.contains(map.getMetadata().getName()))
                    .filter(map -> !keptSnapshots.contains(Marks.run(map)))
                    .forEach(cluster::delete);
        }
    }

    private static boolean removable(Attempt attempt, Set<Integer> keptRuns, Instant now) {
        if (attempt.deleting()) {
            return false;
        }
        boolean outlived = attempt.outlivedSince() != null
                && !now.isBefore(attempt.outlivedSince().plus(SIDECAR_PATIENCE));
        return outlived || !keptRuns.contains(attempt.run()) && attempt.over();
    }
}
