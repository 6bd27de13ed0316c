package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus.JudgedRun;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.Owner;
import dev.dbmigration.report.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** The verifications that name one migration, and what they say together: the worst of them. */
final class Verifications {

    private final DatabaseMigration migration;
    private final Collection<MigrationVerification> all;

    /** {@code all} holds those that name the migration, and the one of its name whosever it is. */
    Verifications(DatabaseMigration migration, Collection<MigrationVerification> all) {
        this.migration = migration;
        this.all = all;
    }

    /** The verification of the migration's name. */
    Optional<MigrationVerification> namesake() {
        return all.stream()
                .filter(verification -> verification
                        .getMetadata()
                        .getName()
                        .equals(migration.getMetadata().getName()))
                .findFirst();
    }

    boolean owns(MigrationVerification verification) {
        return Owner.of(migration).controls(verification);
    }

    /** The verdict on a run; {@code applied} is null while the last run is not applied. */
    Verdict verdict(RunStatus applied) {
        boolean asked = migration.getSpec().verify() != null;
        if (asked && namesake().filter(found -> !owns(found)).isPresent()) {
            return new Verdict(
                    Conditions.UNKNOWN,
                    Reason.NameConflict.name(),
                    "a MigrationVerification of this name exists and is not this migration's; rename one of them",
                    false,
                    false);
        }
        if (!asked && all.stream().noneMatch(this::naming)) {
            return new Verdict(Conditions.UNKNOWN, "NotRequested", "no verification names this migration", true, false);
        }
        boolean ready = !asked;
        boolean pending = false;
        if (asked) {
            Optional<Condition> own = asked(applied);
            ready = own.filter(found -> Conditions.TRUE.equals(found.getStatus()))
                    .isPresent();
            pending = own.isEmpty();
        }
        return worst(applied, asked, ready, pending);
    }

    /** What the verification that {@code spec.verify} stands for has found; empty: nothing yet, or there is none. */
    Optional<Condition> asked(RunStatus applied) {
        return namesake().filter(this::owns).flatMap(own -> judgement(own, applied));
    }

    private Verdict worst(RunStatus applied, boolean asked, boolean ready, boolean pending) {
        Optional<MigrationVerification> waiting = all.stream()
                .filter(this::naming)
                .filter(one -> judgement(one, applied).isEmpty())
                .findFirst();
        if (waiting.isPresent() || asked && pending) {
            String who = waiting.map(one -> one.getMetadata().getName())
                    .orElse(migration.getMetadata().getName());
            String message = applied == null
                    ? "the migration is not applied"
                    : "waiting for MigrationVerification " + who + " to judge run " + applied.number();
            return new Verdict(Conditions.UNKNOWN, "Pending", message, ready, pending);
        }
        return all.stream()
                .filter(this::naming)
                .map(one -> judgement(one, applied).orElseThrow())
                .max(Comparator.comparingInt(Verifications::badness))
                .map(worst -> new Verdict(
                        worst.getStatus(),
                        Conditions.UNKNOWN.equals(worst.getStatus()) ? "CheckError" : worst.getReason(),
                        worst.getMessage(),
                        ready,
                        pending))
                .orElseThrow();
    }

    private static int badness(Condition verified) {
        return switch (verified.getStatus()) {
            case Conditions.FALSE -> 2;
            case Conditions.UNKNOWN -> 1;
            default -> 0;
        };
    }

    private boolean naming(MigrationVerification verification) {
        return verification.getSpec() != null
                && verification.getSpec().migrationRef() != null
                && migration
                        .getMetadata()
                        .getName()
                        .equals(verification.getSpec().migrationRef().name());
    }

    /** What a verification, as it stands now, has found of exactly this run; empty: it has not judged it. */
    private Optional<Condition> judgement(MigrationVerification verification, RunStatus applied) {
        MigrationVerificationStatus status = verification.getStatus();
        if (applied == null || status == null) {
            return Optional.empty();
        }
        JudgedRun current = new JudgedRun(migration.getMetadata().getUid(), applied.number(), applied.inputsDigest());
        boolean sameSpec = Objects.equals(
                status.observedGeneration(), verification.getMetadata().getGeneration());
        return sameSpec && current.equals(status.migration())
                ? Conditions.find(status.conditions(), "Verified").filter(found -> !"Pending".equals(found.getReason()))
                : Optional.empty();
    }
}
