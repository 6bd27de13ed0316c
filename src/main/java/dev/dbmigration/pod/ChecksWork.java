package dev.dbmigration.pod;

import dev.dbmigration.api.v1alpha1.Database;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec.ReportFormat;
import dev.dbmigration.report.RunInput;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;

/**
 * {@code runner verify}: the checks stand in run.json.
 *
 * @param database the effective one: the verification's own, or its migration's
 */
public record ChecksWork(Database database, MigrationVerificationSpec spec, RunnerImage image) implements Work {

    @Override
    public List<Snapshot> snapshots(Owner owner, int run, String inputsDigest) {
        RunInput input = new RunInput(
                RunInput.SCHEMA_VERSION,
                new RunInput.ResourceName(owner.kind(), owner.namespace(), owner.name()),
                run,
                inputsDigest,
                RunnerPod.reportBytes(1),
                new RunInput.Session(
                        database.schema(),
                        null,
                        GoDuration.parse(spec.timeouts().statement()).toMillis(),
                        database.role()),
                null,
                spec.checks(),
                format());
        return List.of(new Snapshot(Map.of(RunnerPod.RUN_JSON, CanonicalJson.readable(input)), Map.of()));
    }

    /** Null where it is the runner's own. */
    private RunInput.ReportFormat format() {
        return spec.reportFormat() == ReportFormat.Text
                ? null
                : RunInput.ReportFormat.valueOf(spec.reportFormat().name());
    }

    @Override
    public PodSpec spec(String podName, List<String> snapshots) {
        return new RunnerPod("verify", database, image, spec.pod())
                .input(snapshots.get(0), List.of())
                .spec(
                        podName,
                        ContainerWork.deadline(
                                spec.timeouts().start(), spec.timeouts().run()));
    }
}
