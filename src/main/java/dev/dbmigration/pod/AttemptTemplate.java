package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.ApiGroup;
import dev.dbmigration.api.v1alpha1.PodSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything about an attempt but its number: what it works on, and how its Pod and snapshots look. */
public record AttemptTemplate(Owner owner, String inputsDigest, Work work, PodSettings settings) {

    /** An autoscaler that moved the Pod would undo hours of a migration. */
    private static final Map<String, String> LEAVE_THE_NODE_ALONE = Map.of(
            "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
            "karpenter.sh/do-not-disrupt", "true");

    /** The ConfigMaps to be made before the Pod. */
    public List<ConfigMap> snapshots(int run) {
        return work.snapshots(owner, run, inputsDigest).stream()
                .map(snapshot -> snapshot.configMap(owner, run, inputsDigest))
                .toList();
    }

    /**
     * The Pod of an attempt.
     *
     * @param runStart when the run was decided, RFC 3339
     * @param runRequest value of the annotation that the run answers; null: none
     */
    public Pod pod(int run, int attempt, String runStart, String runRequest) {
        String name = owner.podName(run, attempt);
        List<String> snapshots = names(run);
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(owner.namespace())
                .withName(name)
                .withLabels(labels())
                .withAnnotations(annotations())
                .addToAnnotations(Marks.RUN, Integer.toString(run))
                .addToAnnotations(Marks.ATTEMPT, Integer.toString(attempt))
                .addToAnnotations(Marks.GENERATION, Long.toString(owner.generation()))
                .addToAnnotations(Marks.INPUTS_DIGEST, inputsDigest)
                .addToAnnotations(Marks.TEMPLATE_DIGEST, digest())
                .addToAnnotations(Marks.RUN_START, runStart)
                .addToAnnotations(Marks.WORK, WorkKind.of(work).name())
                .addToAnnotations(Marks.SNAPSHOTS, String.join(",", snapshots))
                .addToAnnotations(runRequest == null ? Map.of() : Map.of(Marks.RUN_REQUEST, runRequest))
                .withOwnerReferences(owner.reference())
                .endMetadata()
                .withSpec(work.spec(name, snapshots))
                .build();
    }

    /** Tells whether an edit changes the Pod: equal for all attempts of all runs of one spec and content. */
    public String digest() {
        PodSpec anonymous = work.spec("", names(0));
        return CanonicalJson.sha256(CanonicalJson.text(List.of(anonymous, labels(), annotations())));
    }

    private List<String> names(int run) {
        return work.snapshots(owner, run, inputsDigest).stream()
                .map(snapshot -> snapshot.name(owner, run))
                .toList();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(settings.labels());
        labels.keySet().removeIf(key -> key.startsWith(ApiGroup.NAME + "/") || key.startsWith("app.kubernetes.io/"));
        labels.putAll(Marks.labels(owner));
        return labels;
    }

    private Map<String, String> annotations() {
        Map<String, String> annotations = new TreeMap<>(LEAVE_THE_NODE_ALONE);
        annotations.putAll(settings.annotations());
        annotations.keySet().removeIf(key -> key.startsWith(ApiGroup.NAME + "/"));
        return annotations;
    }
}
