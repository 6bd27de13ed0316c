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
import java.util.stream.Stream;

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
     * @param reusable snapshots of the last run's last attempt: what they hold stands for a source that is gone since, as
     *     long as nothing else of what was run has changed
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
            return new Wanted.Ready(new AttemptTemplate(owner, digest, ContainerWork.of(spec), spec.pod()));
        }
        return sql(owner, migration, reusable);
    }

    private Wanted sql(Owner owner, DatabaseMigration migration, List<String> reusable) {
        DatabaseMigrationSpec spec = migration.getSpec();
        List<Snapshot> copies = new ArrayList<>();
        List<String> contents = new ArrayList<>();
        Wanted.Missing missing = null;
        for (Source source : spec.sql().sources()) {
            if (source.configMap() == null) {
                contents.add("");
                continue;
            }
            Optional<Snapshot> copy = copy(owner.namespace(), source.configMap().name());
            if (copy.filter(Sources::holdsFiles).isEmpty()) {
                missing = missing(owner, source.configMap().name(), copy.isPresent());
                // The first snapshot of an attempt is run.json, then follow the ConfigMaps in their order.
                int position = copies.size() + 1;
                copy = position < reusable.size() ? copy(owner.namespace(), reusable.get(position)) : Optional.empty();
            }
            if (copy.isEmpty()) {
                return missing;
            }
            copies.add(copy.get());
            contents.add(copy.get().digest());
        }
        String digest = InputsDigest.of(owner.name(), spec, contents);
        if (missing != null && !digest.equals(lastDigest(migration))) {
            return missing;
        }
        return new Wanted.Ready(new AttemptTemplate(owner, digest, new SqlWork(spec, copies, runner), spec.pod()));
    }

    private Optional<Snapshot> copy(String namespace, String name) {
        return configMaps.apply(namespace, name).map(map -> new Snapshot(map.getData(), map.getBinaryData()));
    }

    private static String lastDigest(DatabaseMigration migration) {
        return migration.getStatus() == null || migration.getStatus().run() == null
                ? null
                : migration.getStatus().run().inputsDigest();
    }

    private static Wanted.Missing missing(Owner owner, String name, boolean empty) {
        String what = empty ? " has no key that ends in .sql" : " does not exist in namespace " + owner.namespace();
        return new Wanted.Missing(Reason.SourceNotFound, "ConfigMap " + name + what);
    }

    private static boolean holdsFiles(Snapshot copy) {
        return Stream.concat(copy.data().keySet().stream(), copy.binaryData().keySet().stream())
                .anyMatch(key -> key.endsWith(".sql"));
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
