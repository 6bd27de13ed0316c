package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.pod.Outcome;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.Decision;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A status as the condition table writes one: {@code phase | Applied | Finished | Ready | also}. */
public final class StatusRow {

    private StatusRow() {}

    /**
     * The row after a decision about a migration without {@code verify}; null: the status stays as it was.
     *
     * @param last the run that the status had; null: there was no status
     */
    public static String after(RunStatus last, Decided decided, Instant now) {
        DatabaseMigration migration = migration(last);
        DatabaseMigrationStatus status =
                MigrationStatuses.after(migration, decided, new Verifications(migration, List.of()), now);
        DatabaseMigrationStatus before = migration.getStatus();
        boolean rests =
                decided.decision() instanceof Decision.Rest && of(status).equals(of(before));
        return status == before || rests ? null : of(status);
    }

    static String of(DatabaseMigrationStatus status) {
        String also = status.conditions().stream()
                .map(Condition::getType)
                .filter(Set.of("Reconciling", "Stalled")::contains)
                .collect(Collectors.joining(" "));
        Condition applied = Conditions.find(status.conditions(), "Applied").orElseThrow();
        return Stream.of(
                        status.phase(),
                        applied.getStatus() + "/" + applied.getReason(),
                        value(status, "Finished"),
                        value(status, "Ready"),
                        also)
                .collect(Collectors.joining(" | "));
    }

    private static String value(DatabaseMigrationStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow().getStatus();
    }

    private static DatabaseMigration migration(RunStatus last) {
        DatabaseMigration migration = new DatabaseMigration();
        migration.setMetadata(new ObjectMetaBuilder()
                .withName("drafts")
                .withNamespace("ehr")
                .withUid("7b1f")
                .withGeneration(1L)
                .build());
        migration.setSpec(new DatabaseMigrationSpec(null, null, null, null, null, null, null, null, null));
        if (last != null) {
            migration.setStatus(last.finished() ? end(migration, last) : underWay(last));
        }
        return migration;
    }

    private static DatabaseMigrationStatus end(DatabaseMigration migration, RunStatus last) {
        Outcome outcome = Outcome.unreported(Outcome.Verdict.UNKNOWN, null, null);
        return MigrationStatuses.after(
                migration,
                new Decided(new Decision.Finish(last, outcome), 1, null),
                new Verifications(migration, List.of()),
                Instant.parse(last.finishTime()));
    }

    /** Whose Applied Backoff takes over. */
    private static DatabaseMigrationStatus underWay(RunStatus last) {
        Condition applied = new ConditionBuilder()
                .withType("Applied")
                .withStatus(Conditions.FALSE)
                .withReason("Before")
                .withMessage("as before")
                .build();
        return new DatabaseMigrationStatus(
                1L, "Retrying", null, List.of(applied), null, null, last, null, null, null, null, null);
    }
}
