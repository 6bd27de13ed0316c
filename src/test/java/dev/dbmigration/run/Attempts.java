package dev.dbmigration.run;

import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.PodState;
import dev.dbmigration.pod.WorkKind;
import dev.dbmigration.report.Reason;
import java.util.List;

/** Attempts that differ in one thing, and the states they are in. */
final class Attempts {

    static final PodState SILENT = new PodState.Waiting(null, null, true);
    static final PodState NO_IMAGE =
            new PodState.Waiting(Reason.ImagePullFailed, "ImagePullBackOff: no such tag", true);
    static final PodState RUNS = new PodState.Running("app@sha256:1");
    static final PodState ENDED =
            new PodState.Ended(0, "Completed", null, null, "app@sha256:1", Situation.NOW.minusSeconds(3600));
    static final PodState REJECTED = new PodState.Lost(Reason.PodRejected, "OutOfcpu: no room", false);
    static final PodState EVICTED_BEFORE = new PodState.Lost(Reason.PodEvicted, "Evicted: memory", false);
    static final PodState EVICTED = new PodState.Lost(Reason.PodEvicted, "Evicted: memory", true);
    static final PodState NODE_LOST = new PodState.Lost(Reason.NodeLost, "node n has not confirmed", true);

    private Attempts() {}

    static Attempt deleting(Attempt of) {
        return copy(of, of.inputsDigest(), of.runRequest(), of.work(), true);
    }

    static Attempt reading(Attempt of, String snapshot) {
        return copy(of, of.inputsDigest(), of.runRequest(), List.of(snapshot), of.work(), of.deleting());
    }

    static Attempt answering(Attempt of, String request) {
        return copy(of, of.inputsDigest(), request, of.work(), of.deleting());
    }

    static Attempt digest(Attempt of, String digest) {
        return copy(of, digest, of.runRequest(), of.work(), of.deleting());
    }

    static Attempt working(Attempt of, WorkKind work) {
        return copy(of, of.inputsDigest(), of.runRequest(), work, of.deleting());
    }

    private static Attempt copy(Attempt of, String digest, String request, WorkKind work, boolean deleting) {
        return copy(of, digest, request, of.snapshots(), work, deleting);
    }

    private static Attempt copy(
            Attempt of, String digest, String request, List<String> snapshots, WorkKind work, boolean deleting) {
        return new Attempt(
                of.pod(),
                of.uid(),
                of.resourceVersion(),
                of.run(),
                of.attempt(),
                of.generation(),
                digest,
                of.templateDigest(),
                of.runStart(),
                request,
                snapshots,
                work,
                of.created(),
                deleting,
                of.lostAt(),
                of.outlivedSince(),
                of.state());
    }
}
