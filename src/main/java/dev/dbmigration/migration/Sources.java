package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.NameReference;
import dev.dbmigration.api.v1alpha1.Sql.Source;
import dev.dbmigration.pod.AttemptTemplate;
import dev.dbmigration.pod.ContainerWork;
import dev.dbmigration.pod.InputsDigest;
import dev.dbmigration.pod.Owner;
import dev.dbmigration.pod.RunnerImage;
import dev.dbmigration.pod.Snapshot;
import dev.dbmigration.pod.SqlWork;
import dev.dbmigration.report.Reason;
import dev.dbmigration.run.Wanted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads what a migration is to apply, as it is now: every ConfigMap by its name, no Secret at all. */
final class Sources {

    private final BiFunction<String, String, Optional<ConfigMap>> configMaps;
    private final RunnerImage runner;

    /** {@code configMaps} finds a ConfigMap by namespace and name. */
    Sources(BiFunction<String, String, Optional<ConfigMap>> configMaps, RunnerImage runner) {
        this.configMaps = configMaps;
        this.runner = runner;
    }

    /**
     * What the spec asks to run.
     *
     * @param reusable snapshots of an earlier attempt of the run under way, which serve where a source is gone
     */
    Wanted wanted(DatabaseMigration migration, List<String> reusable) {
        DatabaseMigrationSpec spec = migration.getSpec();
        List<String> problems = MigrationRules.problems(spec);
        if (!problems.isEmpty()) {
            return new Wanted.Invalid(Reason.InvalidSpec, String.join("; ", problems));
        }
        Owner owner = Owner.of(migration);
        if (spec.container() != null) {
            String digest = InputsDigest.of(owner.name(), spec, List.of());
            return new Wanted.Ready(new AttemptTemplate(owner, digest, ContainerWork.of(spec), spec.pod(), List.of()));
        }
        return sql(owner, migration, reusable);
    }

    private Wanted sql(Owner owner, DatabaseMigration migration, List<String> reusable) {
        DatabaseMigrationSpec spec = migration.getSpec();
        List<Snapshot> copies = new ArrayList<>();
        List<String> contents = new ArrayList<>();
        for (Source source : spec.sql().sources()) {
            if (source.configMap() == null) {
                contents.add("");
                continue;
            }
            Optional<ConfigMap> map =
                    configMaps.apply(owner.namespace(), source.configMap().name());
            if (map.isEmpty()) {
                return missing(owner, migration, source.configMap().name(), reusable);
            }
            Snapshot copy = new Snapshot(map.get().getData(), map.get().getBinaryData());
            if (noFile(copy)) {
                return new Wanted.Missing(
                        Reason.SourceNotFound,
                        "ConfigMap " + source.configMap().name()
                                + " has no key that ends in .sql; add one, and the run goes on by itself");
            }
            copies.add(copy);
            contents.add(copy.digest());
        }
        String digest = InputsDigest.of(owner.name(), spec, contents);
        return new Wanted.Ready(
                new AttemptTemplate(owner, digest, new SqlWork(spec, copies, runner), spec.pod(), List.of()));
    }

    private Wanted missing(Owner owner, DatabaseMigration migration, String name, List<String> reusable) {
        boolean sameSpec = migration.getStatus() != null
                && Objects.equals(migration.getStatus().observedGeneration(), owner.generation());
        if (!reusable.isEmpty() && sameSpec) {
            String digest = migration.getStatus().run().inputsDigest();
            return new Wanted.Ready(new AttemptTemplate(
                    owner,
                    digest,
                    new SqlWork(migration.getSpec(), null, runner),
                    migration.getSpec().pod(),
                    reusable));
        }
        return new Wanted.Missing(
                Reason.SourceNotFound,
                "ConfigMap " + name + " does not exist in namespace " + owner.namespace()
                        + "; create it, and the run goes on by itself");
    }

    private static boolean noFile(Snapshot copy) {
        return copy.data().keySet().stream().noneMatch(key -> key.endsWith(".sql"))
                && copy.binaryData().keySet().stream().noneMatch(key -> key.endsWith(".sql"));
    }

    /** Names of the ConfigMaps that a migration reads. */
    static List<String> configMapNames(DatabaseMigration migration) {
        return migration.getSpec() == null || migration.getSpec().sql() == null
                ? List.of()
                : migration.getSpec().sql().sources().stream()
                        .map(Source::configMap)
                        .filter(Objects::nonNull)
                        .map(NameReference::name)
                        .toList();
    }
}
