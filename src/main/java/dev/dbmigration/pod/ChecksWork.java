package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec.ReportFormat;
import dev.dbmigration.check.Check;
import dev.dbmigration.check.ExpectedSchemaCheck;
import dev.dbmigration.report.RunInput;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code runner verify}: the checks stand in run.json, and the files of the migration beside it, where they are to be
 * replayed.
 *
 * @param database the effective one: the verification's own, or its migration's
 * @param files null: none are needed
 */
public record ChecksWork(Database database, MigrationVerificationSpec spec, RunnerImage image, AppliedFiles files)
        implements Work {

    /**
     * What a run of a migration has applied.
     *
     * @param migration its name
     * @param spec its spec
     * @param copies content of the ConfigMap sources in their order
     */
    public record AppliedFiles(String migration, DatabaseMigrationSpec spec, List<Snapshot> copies) {}

    /** Checks that look at the database alone. */
    public ChecksWork(Database database, MigrationVerificationSpec spec, RunnerImage image) {
        this(database, spec, image, null);
    }

    /** The check that replays the migration's files, if there is one. */
    public static Optional<ExpectedSchemaCheck> replay(MigrationVerificationSpec spec) {
        return spec.checks() == null
                ? Optional.empty()
                : spec.checks().stream()
                        .map(Check::expectedSchema)
                        .filter(Objects::nonNull)
                        .findFirst();
    }

    @Override
    public List<Snapshot> snapshots(Owner owner, int run, String inputsDigest) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(RunnerPod.RUN_JSON, CanonicalJson.readable(input(owner, run, inputsDigest)));
        List<Snapshot> snapshots = new ArrayList<>();
        if (files != null) {
            data.putAll(sources().inlineData());
            snapshots.addAll(files.copies());
        }
        snapshots.add(0, new Snapshot(data, Map.of()));
        return snapshots;
    }

    private RunInput input(Owner owner, int run, String inputsDigest) {
        int prepared = files == null ? 0 : sources().images().containers().size();
        return new RunInput(
                RunInput.SCHEMA_VERSION,
                new RunInput.ResourceName(owner.kind(), owner.namespace(), owner.name()),
                run,
                inputsDigest,
                RunnerPod.reportBytes(1 + prepared + (scratch().isPresent() ? 1 : 0)),
                new RunInput.Session(
                        database.schema(),
                        null,
                        GoDuration.parse(spec.timeouts().statement()).toMillis(),
                        database.role()),
                files == null ? null : sources().input(files.migration()),
                spec.checks(),
                format());
    }

    /** Null where it is the runner's own. */
    private RunInput.ReportFormat format() {
        return spec.reportFormat() == ReportFormat.Text
                ? null
                : RunInput.ReportFormat.valueOf(spec.reportFormat().name());
    }

    @Override
    public PodSpec spec(String podName, List<String> snapshots) {
        List<KeyToPath> inline = files == null ? List.of() : sources().inlineFiles();
        RunnerPod pod = new RunnerPod("verify", database, image, spec.pod()).input(snapshots.get(0), inline);
        if (files != null) {
            sources().mount(pod, snapshots);
        }
        scratch().ifPresent(pod::beside);
        return pod.spec(
                podName,
                ContainerWork.deadline(spec.timeouts().start(), spec.timeouts().run()));
    }

    private SqlFiles sources() {
        return new SqlFiles(files.spec(), image, spec.pod());
    }

    private Optional<ScratchContainer> scratch() {
        return replay(spec)
                .map(check -> check.scratch().image())
                .map(reference -> new ScratchContainer(
                        reference, spec.pod(), GoDuration.parse(spec.timeouts().start())));
    }
}
