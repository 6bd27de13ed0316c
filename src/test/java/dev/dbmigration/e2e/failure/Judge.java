package dev.dbmigration.e2e.failure;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.report.Reason;
import dev.dbmigration.report.Reason.Cure;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;

/** Holds what a finished status says against what the database says. */
final class Judge {

    private final Migration migration;
    private final Counted counted;
    private final Tally tally;

    Judge(Migration migration, Tally tally) {
        this.migration = migration;
        this.counted = new Counted(migration.database, migration.name);
        this.tally = tally;
    }

    /** At every end of a run, also of one that is asked for again. */
    void status(DatabaseMigrationStatus status) {
        Condition applied = Conditions.find(status.conditions(), "Applied").orElseThrow();
        if (migration.work.isSql()) {
            sqlStatus(status, applied);
        } else if (Conditions.TRUE.equals(applied.getStatus()) && counted.effects() == 0) {
            tally.untruthful(migration.name + " is Applied, and its container did not get to its end");
        }
        boolean denied = Conditions.find(status.conditions(), "Verified")
                .filter(verified -> Conditions.FALSE.equals(verified.getStatus()))
                .isPresent();
        if (denied && Conditions.TRUE.equals(applied.getStatus())) {
            tally.untruthful(migration.name + " is said to fail its checks: " + status.conditions());
        }
    }

    private void sqlStatus(DatabaseMigrationStatus status, Condition applied) {
        DatabaseMigrationStatus.Summary summary = status.summary();
        int told = summary == null ? 0 : summary.applied() + summary.alreadyApplied();
        int ledger = counted.ledger();
        if (!Conditions.UNKNOWN.equals(applied.getStatus()) && told != ledger) {
            tally.untruthful(migration.name + ": " + told + " files by the status, " + ledger + " by the ledger: "
                    + applied.getReason() + ", " + applied.getMessage());
        }
        if (Conditions.FALSE.equals(applied.getStatus()) && !mayHaveFailed(applied.getReason())) {
            tally.untruthful(
                    migration.name + " failed by itself: " + applied.getReason() + ", " + applied.getMessage());
        }
    }

    /** Nothing is wrong with what is migrated, so a person has nothing to mend. */
    private static boolean mayHaveFailed(String reason) {
        return Arrays.stream(Reason.values())
                .anyMatch(known -> known.name().equals(reason) && known.cure() != Cure.PERSON);
    }

    /** When all is over. */
    void end() {
        if (migration.work.isSql()) {
            sqlEnd();
        } else if (migration.work == Work.CONTAINER && counted.starts() > 1) {
            tally.doubled(migration.name + ": its container was started " + counted.starts() + " times");
        } else if (counted.effects() > 1) {
            tally.doubled(migration.name + ": " + counted.effects() + " effects");
        }
        tally.migration(counted.effects());
    }

    private void sqlEnd() {
        for (String file : migration.files()) {
            int effects = counted.effects(file);
            if (effects == 0) {
                tally.lost(migration.name + ": " + file);
            } else if (effects > 1) {
                tally.doubled(migration.name + ": " + file + ", " + effects + " times");
            }
            if (migration.work.isStepped() && !counted.validIndexes(file).equals("1 of 1")) {
                tally.lost(migration.name + ": valid indexes of " + file + ": " + counted.validIndexes(file));
            }
        }
        exactly();
    }

    /** In the middle, once nobody is at work. */
    void ledgerAgrees() {
        if (!migration.work.isStepped()) {
            exactly();
        } else if (counted.effects() - counted.ledger() > 1 || counted.counter() < counted.ledger()) {
            disagreement();
        }
    }

    private void exactly() {
        if (counted.ledger() != counted.effects() || counted.counter() != counted.effects()) {
            disagreement();
        }
    }

    private void disagreement() {
        tally.untruthful("%s: %d in the ledger, %d effects, counted to %d"
                .formatted(migration.name, counted.ledger(), counted.effects(), counted.counter()));
    }
}
