package dev.dbmigration.migration;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.run.RunAnnouncements;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which events follow from a change of a migration's status. */
final class MigrationAnnouncements {

    private MigrationAnnouncements() {}

    static List<Announcement> of(DatabaseMigrationStatus before, DatabaseMigrationStatus after) {
        List<Announcement> news = new ArrayList<>(RunAnnouncements.of(
                before == null ? null : before.phase(),
                before == null ? null : before.run(),
                after.phase(),
                after.run(),
                condition(after, "Ready")));
        boolean endedNow = after.run() != null
                && after.run().finished()
                && (before == null || before.run() == null || !sameEnd(before.run(), after.run()));
        if (endedNow && RunStatus.SUCCEEDED.equals(after.run().outcome())) {
            Condition applied = condition(after, "Applied");
            news.add(Announcement.normal("Applied", applied.getMessage()));
        }
        if (endedNow && RunStatus.PLANNED.equals(after.run().outcome())) {
            news.add(Announcement.normal("Planned", after.run().message()));
        }
        verified(before, after, news);
        return news;
    }

    private static boolean sameEnd(RunStatus before, RunStatus after) {
        return before.number() == after.number() && Objects.equals(before.finishTime(), after.finishTime());
    }

    private static void verified(
            DatabaseMigrationStatus before, DatabaseMigrationStatus after, List<Announcement> news) {
        String old = before == null
                ? Conditions.UNKNOWN
                : Conditions.find(before.conditions(), "Verified")
                        .map(Condition::getStatus)
                        .orElse(Conditions.UNKNOWN);
        Condition verified = condition(after, "Verified");
        if (verified.getStatus().equals(old)) {
            return;
        }
        if (Conditions.TRUE.equals(verified.getStatus())) {
            news.add(Announcement.normal("Verified", verified.getMessage()));
        } else if (Conditions.FALSE.equals(verified.getStatus())) {
            news.add(Announcement.warning("VerificationFailed", verified.getMessage()));
        }
    }

    private static Condition condition(DatabaseMigrationStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }
}
