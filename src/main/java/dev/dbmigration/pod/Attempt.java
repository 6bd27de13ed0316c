package dev.dbmigration.pod;

import dev.dbmigration.report.Reason;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One attempt as its Pod shows it.
 *
 * @param generation generation of the spec that it was made from
 * @param runStart when its run was decided, RFC 3339
 * @param runRequest value of the annotation that its run answers; null: none
 * @param snapshots ConfigMaps of ours that it refers to
 * @param deleting whether its deletion was asked for
 * @param lostAt when it is to be given up; null: it is not being deleted
 * @param outlivedSince since when another container of the Pod runs on after ours ended; null: none does
 */
public record Attempt(
        String pod,
        String uid,
        String resourceVersion,
        int run,
        int attempt,
        long generation,
        String inputsDigest,
        String templateDigest,
        String runStart,
        String runRequest,
        List<String> snapshots,
        WorkKind work,
        Instant created,
        boolean deleting,
        Instant lostAt,
        Instant outlivedSince,
        PodState state) {

    /** Reads a Pod that this operator made. */
    public static Attempt of(Pod pod, PodState state) {
        Map<String, String> marks = pod.getMetadata().getAnnotations();
        return new Attempt(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                pod.getMetadata().getResourceVersion(),
                Integer.parseInt(marks.getOrDefault(Marks.RUN, "0")),
                Integer.parseInt(marks.getOrDefault(Marks.ATTEMPT, "0")),
                Long.parseLong(marks.getOrDefault(Marks.GENERATION, "0")),
                marks.get(Marks.INPUTS_DIGEST),
                marks.get(Marks.TEMPLATE_DIGEST),
                marks.get(Marks.RUN_START),
                marks.get(Marks.RUN_REQUEST),
                snapshots(marks.getOrDefault(Marks.SNAPSHOTS, "")),
                WorkKind.valueOf(marks.getOrDefault(Marks.WORK, WorkKind.Runner.name())),
                Instant.parse(pod.getMetadata().getCreationTimestamp()),
                pod.getMetadata().getDeletionTimestamp() != null,
                PodStateReader.lostAt(pod).orElse(null),
                PodStateReader.outlivedSince(pod).orElse(null),
                state);
    }

    /** Whether it waits for one of its own snapshots, which only this operator makes. */
    public boolean misses(PodState.Waiting waiting) {
        return waiting.reason() == Reason.SourceNotFound
                && waiting.message() != null
                && snapshots.stream().anyMatch(name -> waiting.message().contains('"' + name + '"'));
    }

    /** Whether its container has ended, or never will have run. */
    public boolean over() {
        return state instanceof PodState.Ended || state instanceof PodState.Lost;
    }

    /** Whether this attempt came after another one. */
    public boolean after(int otherRun, int otherAttempt) {
        return run > otherRun || run == otherRun && attempt > otherAttempt;
    }

    private static List<String> snapshots(String names) {
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }
}
