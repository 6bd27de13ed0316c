package dev.dbmigration.quickstart;

import static dev.dbmigration.kube.Conditions.isTrue;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.kube.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Both kinds of resources as last seen, and whether anything is still to come of them. */
final class Cast {

    private final Map<String, DatabaseMigration> migrations = new TreeMap<>();
    private final Map<String, MigrationVerification> verifications = new TreeMap<>();

    void saw(DatabaseMigration migration) {
        migrations.put(key(migration), migration);
    }

    void saw(MigrationVerification verification) {
        verifications.put(key(verification), verification);
    }

    Collection<DatabaseMigration> migrations() {
        return migrations.values();
    }

    Collection<MigrationVerification> verifications() {
        return verifications.values();
    }

    boolean ended(int expected) {
        return migrations.size() + verifications.size() >= expected
                && migrations.values().stream().allMatch(Cast::ended)
                && verifications.values().stream().allMatch(one -> ended(one) || isIdle(one));
    }

    private static boolean ended(DatabaseMigration migration) {
        List<Condition> conditions = conditions(migration);
        boolean awaitsVerdict = isTrue(conditions, "Applied")
                && Conditions.find(conditions, "Verified")
                        .filter(verified -> verified.getReason().equals("Pending"))
                        .isPresent();
        return isTrue(conditions, "Finished") && !awaitsVerdict || "Suspended".equals(phase(migration));
    }

    private static boolean ended(MigrationVerification verification) {
        return isTrue(conditions(verification), "Finished") || "Suspended".equals(phase(verification));
    }

    /** It judges applied runs of a migration, and there will be none. */
    private boolean isIdle(MigrationVerification verification) {
        if (verification.getSpec().migrationRef() == null) {
            return false;
        }
        String name = verification.getMetadata().getNamespace() + "/"
                + verification.getSpec().migrationRef().name();
        return Optional.ofNullable(migrations.get(name))
                .filter(migration -> ended(migration) && !isTrue(conditions(migration), "Applied"))
                .isPresent();
    }

    static List<Condition> conditions(DatabaseMigration migration) {
        return migration.getStatus() == null ? List.of() : migration.getStatus().conditions();
    }

    static List<Condition> conditions(MigrationVerification verification) {
        return verification.getStatus() == null
                ? List.of()
                : verification.getStatus().conditions();
    }

    static String phase(DatabaseMigration migration) {
        return migration.getStatus() == null ? null : migration.getStatus().phase();
    }

    static String phase(MigrationVerification verification) {
        return verification.getStatus() == null
                ? null
                : verification.getStatus().phase();
    }

    private static String key(HasMetadata resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
