package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import dev.dbmigration.api.v1alpha1.Sql.Source;
import dev.dbmigration.kube.Cluster;
import dev.dbmigration.pod.Attempt;
import dev.dbmigration.pod.ChecksWork.AppliedFiles;
import dev.dbmigration.pod.InputsDigest;
import dev.dbmigration.pod.PodState;
import dev.dbmigration.pod.Snapshot;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds again what a run of a migration has applied: in its ConfigMaps as they are now, or, where these have changed
 * since, in the snapshots of the run. The digest of the run tells which is right.
 */
record Replayed(Cluster cluster) {

    /** The files of that run; empty: they are not at hand any more, or the spec is another one by now. */
    Optional<AppliedFiles> find(DatabaseMigration migration, JudgedRun run) {
        return contents(migration, names(migration.getSpec()))
                .filter(copies -> isOf(run, migration, copies))
                .or(() -> contents(migration, snapshots(migration)).filter(copies -> isOf(run, migration, copies)))
                .map(copies -> new AppliedFiles(migration.getMetadata().getName(), migration.getSpec(), copies));
    }

    private static List<String> names(DatabaseMigrationSpec spec) {
        return spec.sql().sources().stream()
                .filter(source -> source.configMap() != null)
                .map(source -> source.configMap().name())
                .toList();
    }

    /** Those of the last run, behind the one that holds run.json. */
    private List<String> snapshots(DatabaseMigration migration) {
        String pod = migration.getStatus().run().pod();
        return pod == null
                ? List.of()
                : cluster.pod(migration.getMetadata().getNamespace(), pod)
                        .map(found -> Attempt.of(found, new PodState.Waiting(null, null, true)))
                        .map(attempt -> attempt.snapshots().stream().skip(1).toList())
                        .orElse(List.of());
    }

    private Optional<List<Snapshot>> contents(DatabaseMigration migration, List<String> names) {
        List<Snapshot> contents = new ArrayList<>();
        for (String name : names) {
            Optional<ConfigMap> map = cluster.configMap(migration.getMetadata().getNamespace(), name);
            if (map.isEmpty()) {
                return Optional.empty();
            }
            contents.add(new Snapshot(map.get().getData(), map.get().getBinaryData()));
        }
        return Optional.of(contents);
    }

    private static boolean isOf(JudgedRun run, DatabaseMigration migration, List<Snapshot> copies) {
        DatabaseMigrationSpec spec = migration.getSpec();
        List<String> digests = new ArrayList<>();
        int next = 0;
        for (Source source : spec.sql().sources()) {
            boolean copied = source.configMap() != null && next < copies.size();
            digests.add(copied ? copies.get(next++).digest() : "");
        }
        return InputsDigest.of(migration.getMetadata().getName(), spec, digests).equals(run.inputsDigest());
    }
}
