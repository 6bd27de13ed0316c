package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationSpec;
import dev.dbmigration.api.v1alpha1.NameReference;
import dev.dbmigration.api.v1alpha1.Verify;
import dev.dbmigration.kube.Cluster;
import dev.dbmigration.kube.Creation;
import dev.dbmigration.pod.Owner;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;

/** Keeps the MigrationVerification that {@code spec.verify} stands for as the spec says. */
final class OwnedVerification {

    private final Cluster cluster;

    OwnedVerification(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Makes, changes or deletes it; {@code existing} is the one of the migration's name, whosever it is. */
    void follow(DatabaseMigration migration, Optional<MigrationVerification> existing) {
        Owner owner = Owner.of(migration);
        boolean ours = existing.filter(owner::controls).isPresent();
        if (migration.getSpec().verify() == null) {
            existing.filter(owner::controls).ifPresent(cluster::delete);
        } else if (existing.isEmpty()) {
            Creation creation = cluster.create(desired(migration, owner));
            // Where the cache is behind and it exists already, that is as good.
            if (!(creation instanceof Creation.Created || creation instanceof Creation.Taken)) {
                throw new IllegalStateException("the MigrationVerification was not made: " + creation);
            }
        } else if (ours
                && !desired(migration, owner).getSpec().equals(existing.get().getSpec())) {
            cluster.replaceSpec(existing.get(), desired(migration, owner));
        }
    }

    private static MigrationVerification desired(DatabaseMigration migration, Owner owner) {
        MigrationVerification verification = new MigrationVerification();
        verification.setMetadata(new ObjectMetaBuilder()
                .withNamespace(owner.namespace())
                .withName(owner.name())
                .addToLabels("app.kubernetes.io/managed-by", "dbmigration-operator")
                .withOwnerReferences(owner.reference())
                .build());
        Verify verify = migration.getSpec().verify();
        verification.setSpec(new MigrationVerificationSpec(
                null,
                new NameReference(owner.name()),
                verify.interval(),
                verify.schedule(),
                verify.timeZone(),
                verify.checks(),
                null,
                null,
                migration.getSpec().pod(),
                null,
                null));
        return verification;
    }
}
