package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import dev.dbmigration.kube.Conditions;
import java.util.Collection;
import java.util.Optional;

/**
 * The migration that a verification names, and whether its last run can be judged.
 *
 * @param migration empty: none is named, or it does not exist
 * @param run null: there is nothing to judge yet
 * @param waiting what is waited for; null: nothing
 */
record Judged(Optional<DatabaseMigration> migration, JudgedRun run, String waiting) {

    static Judged of(MigrationVerification verification, Collection<DatabaseMigration> migrations) {
        if (verification.getSpec().migrationRef() == null) {
            return new Judged(Optional.empty(), null, null);
        }
        String name = verification.getSpec().migrationRef().name();
        Optional<DatabaseMigration> migration = migrations.stream()
                .filter(candidate -> candidate.getMetadata().getName().equals(name))
                .filter(candidate -> !candidate.isMarkedForDeletion())
                .findFirst();
        if (migration.isEmpty()) {
            return new Judged(migration, null, "DatabaseMigration " + name + " does not exist");
        }
        DatabaseMigrationStatus status = migration.get().getStatus();
        boolean applied = status != null
                && status.run() != null
                && status.run().finished()
                && Conditions.isTrue(status.conditions(), "Applied");
        return applied
                ? new Judged(
                        migration,
                        new JudgedRun(
                                migration.get().getMetadata().getUid(),
                                status.run().number(),
                                status.run().inputsDigest()),
                        null)
                : new Judged(migration, null, "DatabaseMigration " + name + " is not applied");
    }
}
