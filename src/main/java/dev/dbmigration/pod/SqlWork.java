package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.report.RunInput;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code runner apply}, or {@code runner plan}, of the {@link SqlFiles files} of a migration.
 *
 * @param copies content of the ConfigMap sources in their order
 */
public record SqlWork(DatabaseMigrationSpec spec, List<Snapshot> copies, RunnerImage image) implements Work {

    @Override
    public List<Snapshot> snapshots(Owner owner, int run, String inputsDigest) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(RunnerPod.RUN_JSON, CanonicalJson.readable(input(owner, run, inputsDigest)));
        data.putAll(files().inlineData());
        List<Snapshot> snapshots = new ArrayList<>(List.of(new Snapshot(data, Map.of())));
        snapshots.addAll(copies);
        return snapshots;
    }

    @Override
    public PodSpec spec(String podName, List<String> snapshots) {
        RunnerPod pod = new RunnerPod(task(), spec.database(), image, spec.pod())
                .input(snapshots.get(0), files().inlineFiles());
        files().mount(pod, snapshots);
        // No deadline by the kubelet: it would end a statement under way, and run is the runner's to keep.
        return pod.spec(podName, null);
    }

    private SqlFiles files() {
        return new SqlFiles(spec, image, spec.pod());
    }

    private String task() {
        return switch (spec.sql().mode()) {
            case Apply -> "apply";
            case Plan -> "plan";
        };
    }

    private RunInput input(Owner owner, int run, String inputsDigest) {
        return new RunInput(
                RunInput.SCHEMA_VERSION,
                new RunInput.ResourceName(owner.kind(), owner.namespace(), owner.name()),
                run,
                inputsDigest,
                RunnerPod.reportBytes(1 + files().images().containers().size()),
                new RunInput.Session(
                        spec.database().schema(),
                        SqlFiles.millis(spec.timeouts().lock()),
                        SqlFiles.millis(spec.timeouts().statement()),
                        spec.database().role()),
                files().input(owner.name()),
                null);
    }
}
