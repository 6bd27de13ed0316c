package dev.dbmigration.verification;

import dev.dbmigration.api.v1alpha1.MigrationVerificationStatus;
import dev.dbmigration.api.v1alpha1.RunStatus;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.kube.Conditions;
import dev.dbmigration.run.RunAnnouncements;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Which events follow from a change of a verification's status. */
final class VerificationAnnouncements {

    private VerificationAnnouncements() {}

    static List<Announcement> of(MigrationVerificationStatus before, MigrationVerificationStatus after) {
        Condition ready = Conditions.find(after.conditions(), "Ready").orElseThrow();
        RunStatus old = before == null ? null : before.run();
        Stream<Announcement> run =
                RunAnnouncements.of(before == null ? null : before.phase(), old, after.phase(), after.run(), ready)
                        .stream();
        return Stream.concat(run.filter(news -> !spokenFor(news, after)), verdict(old, after))
                .toList();
    }

    /** Checks that did not pass are told by VerificationFailed. */
    private static boolean spokenFor(Announcement news, MigrationVerificationStatus after) {
        return news.reason().equals("RunFailed") && after.phase().equals("VerificationFailed");
    }

    private static Stream<Announcement> verdict(RunStatus old, MigrationVerificationStatus after) {
        boolean endedNow = after.run() != null
                && after.run().finished()
                && (old == null
                        || old.number() != after.run().number()
                        || !Objects.equals(old.finishTime(), after.run().finishTime()));
        Condition verified = Conditions.find(after.conditions(), "Verified").orElseThrow();
        if (!endedNow || Conditions.UNKNOWN.equals(verified.getStatus())) {
            return Stream.empty();
        }
        return Stream.of(
                Conditions.TRUE.equals(verified.getStatus())
                        ? Announcement.normal("Verified", verified.getMessage())
                        : Announcement.warning("VerificationFailed", verified.getMessage()));
    }
}
