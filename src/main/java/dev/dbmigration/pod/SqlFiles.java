package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.PodSettings;
import dev.dbmigration.api.v1alpha1.Sql.Inline;
import dev.dbmigration.api.v1alpha1.Sql.Source;
import dev.dbmigration.report.RunInput;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a Pod gets at the files of a migration: inline files stand beside run.json in the first snapshot, each ConfigMap
 * source is copied into one of its own, Secret sources are mounted as they are, and folders of images are copied into
 * volumes before the runner starts.
 *
 * @param spec of the migration
 * @param pod settings of the Pod
 */
record SqlFiles(DatabaseMigrationSpec spec, RunnerImage image, PodSettings pod) {

    /** Content of the inline files, by the key under which it stands in the first snapshot. */
    Map<String, String> inlineData() {
        Map<String, String> data = new LinkedHashMap<>();
        for (int i = 0; i < sources().size(); i++) {
            Inline inline = sources().get(i).inline();
            if (inline != null) {
                data.put(key(i), inline.content());
            }
        }
        return data;
    }

    /** Mounts all sources but the inline ones; {@code snapshots} are the first one and those of the ConfigMaps. */
    void mount(RunnerPod runner, List<String> snapshots) {
        int next = 1;
        for (int i = 0; i < sources().size(); i++) {
            Source source = sources().get(i);
            if (source.configMap() != null) {
                runner.mounted(configMap(i, snapshots.get(next++)), directory(i));
            } else if (source.secret() != null) {
                runner.mounted(secret(i, source.secret().name()), directory(i));
            } else if (source.image() != null) {
                runner.mounted(ImageSources.volume(i), directory(i));
            }
        }
        runner.prepared(images());
    }

    /** What run.json says of them, for a migration of this name. */
    RunInput.Sql input(String name) {
        return new RunInput.Sql(
                spec.sql().ledger().schema(),
                spec.sql().ledger().scope() == null ? name : spec.sql().ledger().scope(),
                millis(spec.timeouts().lockWait()),
                millis(spec.timeouts().run()),
                RunInput.Transaction.valueOf(spec.sql().transaction().name()),
                resolved(),
                inputSources(),
                spec.sql().variables(),
                ledgerRules());
    }

    ImageSources images() {
        return new ImageSources(sources(), image, pod);
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

    /** Where they are mounted. */
    List<KeyToPath> inlineFiles() {
        List<KeyToPath> files = new ArrayList<>();
        for (int i = 0; i < sources().size(); i++) {
            Inline inline = sources().get(i).inline();
            if (inline != null) {
                files.add(new KeyToPath(key(i), null, i + "/" + inline.name()));
            }
        }
        return files;
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

    /** Null: none is said. */
    static Long millis(String duration) {
        return duration == null ? null : GoDuration.parse(duration).toMillis();
    }
}
