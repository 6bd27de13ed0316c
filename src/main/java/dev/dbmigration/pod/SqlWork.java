package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.Sql.Inline;
import dev.dbmigration.api.v1alpha1.Sql.Source;
import dev.dbmigration.report.RunInput;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code runner apply}, or {@code runner plan}: inline files stand beside run.json in the first snapshot, each ConfigMap source is copied into
 * one of its own, Secret sources are mounted as they are, and folders of images are copied into volumes before the
 * runner starts.
 *
 * @param copies content of the ConfigMap sources in their order
 */
public record SqlWork(DatabaseMigrationSpec spec, List<Snapshot> copies, RunnerImage image) implements Work {

    @Override
    public List<Snapshot> snapshots(Owner owner, int run, String inputsDigest) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(RunnerPod.RUN_JSON, CanonicalJson.readable(input(owner, run, inputsDigest)));
        for (int i = 0; i < sources().size(); i++) {
            Inline inline = sources().get(i).inline();
            if (inline != null) {
                data.put(key(i), inline.content());
            }
        }
        List<Snapshot> snapshots = new ArrayList<>(List.of(new Snapshot(data, Map.of())));
        snapshots.addAll(copies);
        return snapshots;
    }

    @Override
    public PodSpec spec(String podName, List<String> snapshots) {
        RunnerPod pod =
                new RunnerPod(task(), spec.database(), image, spec.pod()).input(snapshots.get(0), inlineFiles());
        int next = 1;
        for (int i = 0; i < sources().size(); i++) {
            Source source = sources().get(i);
            if (source.configMap() != null) {
                pod.mounted(configMap(i, snapshots.get(next++)), directory(i));
            } else if (source.secret() != null) {
                pod.mounted(secret(i, source.secret().name()), directory(i));
            } else if (source.image() != null) {
                pod.mounted(ImageSources.volume(i), directory(i));
            }
        }
        pod.prepared(images());
        // No deadline by the kubelet: it would end a statement under way, and run is the runner's to keep.
        return pod.spec(podName, null);
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
                RunnerPod.reportBytes(1 + images().containers().size()),
                new RunInput.Session(
                        spec.database().schema(),
                        millis(spec.timeouts().lock()),
                        millis(spec.timeouts().statement()),
                        spec.database().role()),
                new RunInput.Sql(
                        spec.sql().ledger().schema(),
                        spec.sql().ledger().scopeOf(owner.name()),
                        millis(spec.timeouts().lockWait()),
                        millis(spec.timeouts().run()),
                        RunInput.Transaction.valueOf(spec.sql().transaction().name()),
                        resolved(),
                        inputSources(),
                        spec.sql().variables(),
                        ledgerRules()),
                null);
    }

    private List<RunInput.Resolved> resolved() {
        return spec.sql().resolve().stream()
                .map(found -> new RunInput.Resolved(
                        found.file(),
                        found.statement(),
                        RunInput.Resolved.As.valueOf(found.as().name())))
                .toList();
    }

    private RunInput.LedgerRules ledgerRules() {
        return new RunInput.LedgerRules(
                spec.sql().acceptChecksums().stream()
                        .map(accepted -> new RunInput.Accepted(accepted.file(), accepted.checksum()))
                        .toList(),
                RunInput.LedgerRules.OutOfOrder.valueOf(spec.sql().outOfOrder().name()),
                RunInput.LedgerRules.OnMissing.valueOf(spec.sql().onMissing().name()),
                spec.sql().baseline());
    }

    private List<RunInput.Source> inputSources() {
        List<RunInput.Source> result = new ArrayList<>();
        for (int i = 0; i < sources().size(); i++) {
            result.add(new RunInput.Source(describe(sources().get(i)), directory(i)));
        }
        return result;
    }

    private List<KeyToPath> inlineFiles() {
        List<KeyToPath> files = new ArrayList<>();
        for (int i = 0; i < sources().size(); i++) {
            Inline inline = sources().get(i).inline();
            if (inline != null) {
                files.add(new KeyToPath(key(i), null, i + "/" + inline.name()));
            }
        }
        return files;
    }

    private ImageSources images() {
        return new ImageSources(sources(), image, spec.pod());
    }

    private List<Source> sources() {
        return spec.sql().sources();
    }

    private String directory(int source) {
        return (sources().get(source).inline() == null ? "sources/" : "input/") + source;
    }

    private static String key(int source) {
        return "source-" + source + ".sql";
    }

    private static String describe(Source source) {
        if (source.inline() != null) {
            return "inline " + source.inline().name();
        }
        if (source.image() != null) {
            return "image " + source.image().reference() + " " + source.image().path();
        }
        return source.configMap() != null
                ? "ConfigMap " + source.configMap().name()
                : "Secret " + source.secret().name();
    }

    private static Volume configMap(int source, String name) {
        return new VolumeBuilder()
                .withName("source-" + source)
                .withNewConfigMap()
                .withName(name)
                .endConfigMap()
                .build();
    }

    private static Volume secret(int source, String name) {
        return new VolumeBuilder()
                .withName("source-" + source)
                .withNewSecret()
                .withSecretName(name)
                .endSecret()
                .build();
    }

    private static Long millis(String duration) {
        return duration == null ? null : GoDuration.parse(duration).toMillis();
    }
}
